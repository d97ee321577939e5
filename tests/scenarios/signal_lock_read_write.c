/*
 * As signal_lock_read, but the handler writes: it would wait for the reader that it interrupted.
 */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_rwlock_wrlock(&lock); /* @inside */
	count++;
	pthread_rwlock_unlock(&lock);
}

int main(void)
{
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	pthread_rwlock_rdlock(&lock); /* @outside */
	pthread_rwlock_unlock(&lock);
	CHECK(count == 1);
	return 0;
}
