/*
 * As signal_lock, but the lock is taken outside the handler first, and only then in it: the bug is
 * the same, as the signal could have come earlier.
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
	pthread_mutex_lock(&m); /* @outside */
	count++;
	pthread_mutex_unlock(&m);
	CHECK(raise(SIGUSR1) == 0);
	CHECK(count == 2);
	return 0;
}
