/*
 * As signal_lock_replaced, but the first handler comes back, and the lock is taken at the same
 * place as before: there the signal, now of that handler, can come.
 */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_start(int number)
{
	(void)number;
	pthread_mutex_lock(&m); /* @inside */
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	CHECK(signal(SIGUSR1, on_start) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(signal(SIGUSR1, SIG_IGN) == on_start);
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&m); /* @outside */
		pthread_mutex_unlock(&m);
		signal(SIGUSR1, on_start);
	}
	return 0;
}
