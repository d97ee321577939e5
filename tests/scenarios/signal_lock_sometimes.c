/*
 * One function takes the lock, with the signal blocked in most calls, and open in the last: that
 * one call is the bug.
 */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @inside */
	count++;
	pthread_mutex_unlock(&m);
}

static void add(bool safely)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	if (safely)
		CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
	pthread_mutex_lock(&m); /* @outside */
	count++;
	pthread_mutex_unlock(&m);
	if (safely)
		CHECK(pthread_sigmask(SIG_UNBLOCK, &set, NULL) == 0);
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_signal};

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	for (int i = 0; i < 5; i++)
		add(i < 4);
	CHECK(count == 6);
	return 0;
}
