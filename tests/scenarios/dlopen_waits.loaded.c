/*
 * Its constructor waits for a thread that does what nobody in the program has done before.
 */
#include "scenario.h"

#include <fcntl.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *work(void *argument)
{
	CHECK(pthread_rwlock_wrlock(&lock) == 0);
	CHECK(dup2(STDERR_FILENO, 99) == 99);
	CHECK(fcntl(99, F_GETFD) == 0);
	CHECK(close(99) == 0);
	CHECK(pthread_rwlock_unlock(&lock) == 0);
	return argument;
}

static __attribute__((constructor)) void wait_for_thread(void)
{
	finish(start(work, NULL));
}
