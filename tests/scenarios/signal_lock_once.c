/*
 * SA_RESETHAND: the handler that takes the lock runs once. Before it runs the signal is blocked
 * around the lock, and when it has run it is not installed any more.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
	CHECK(sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_lock(&m);
	count++;
	pthread_mutex_unlock(&m);
	CHECK(count == 3);
	return 0;
}
