/*
 * As signal_lock_read, but the lock lets a waiting writer come before readers, and does not count
 * who reads already: a writer that comes between the main thread and the handler waits for the main
 * thread, and the handler for the writer.
 */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_rwlock_rdlock(&lock); /* @inside */
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
