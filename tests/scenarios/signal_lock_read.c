/*
 * The handler reads under a reader-writer lock, as the main thread does. A thread may read again
 * while it reads (POSIX), and there is no writer in this program, nor would this kind of lock let
 * one come first.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_rwlock_rdlock(&lock);
	count++;
	pthread_rwlock_unlock(&lock);
}

int main(void)
{
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	pthread_rwlock_rdlock(&lock);
	CHECK(raise(SIGUSR1) == 0);
	pthread_rwlock_unlock(&lock);
	CHECK(count == 2);
	return 0;
}
