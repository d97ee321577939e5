/*
 * The main thread takes the lock with a try, the handler waits for it. That the main thread did not
 * wait does not help the handler that interrupts it.
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
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(pthread_mutex_trylock(&m) == 0); /* @outside */
	count++;
	pthread_mutex_unlock(&m);
	return 0;
}
