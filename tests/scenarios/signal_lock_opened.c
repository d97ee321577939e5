/*
 * The lock is taken with the signal blocked, but the signal is let in again before it is given
 * back: from there on the handler can interrupt its holder.
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

int main(void)
{
	const struct sigaction action = {.sa_handler = on_signal};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	pthread_mutex_lock(&m); /* @outside */
	count++;
	CHECK(sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
	pthread_mutex_unlock(&m);
	CHECK(count == 2);
	return 0;
}
