/*
 * A worker reads under a lock, and the main thread, which does not hold it, unlocks it (POSIX
 * pthread_rwlock_unlock: undefined if the calling thread does not hold the lock).
 */
/* EXPECT unlock-not-owner misuse cause act */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_rdlock(&lock); /* @cause */
	stage_reach(1);
	pause();
	return argument;
}

int main(void)
{
	start(worker, NULL);
	while (!__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_rwlock_unlock(&lock); /* @act */
	return 0;
}
