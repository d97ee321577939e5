/*
 * As signal_lock, but the main thread blocks the signal around its critical section: the handler
 * never interrupts it, and there is no other thread.
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
	const struct sigaction action = {.sa_handler = on_signal};
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(pthread_sigmask(SIG_BLOCK, &set, &old) == 0);
	pthread_mutex_lock(&m);
	CHECK(raise(SIGUSR1) == 0); /* pending until below */
	count++;
	pthread_mutex_unlock(&m);
	CHECK(pthread_sigmask(SIG_SETMASK, &old, NULL) == 0);
	CHECK(count == 3);
	return 0;
}
