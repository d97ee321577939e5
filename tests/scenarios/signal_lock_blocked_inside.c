/*
 * As signal_lock_blocked, but the signal is blocked after the lock is taken: between the two it can
 * come, and then the handler waits for ever.
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
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	pthread_mutex_lock(&m); /* @outside */
	CHECK(pthread_sigmask(SIG_BLOCK, &set, &old) == 0);
	count++;
	pthread_mutex_unlock(&m);
	CHECK(pthread_sigmask(SIG_SETMASK, &old, NULL) == 0);
	return 0;
}
