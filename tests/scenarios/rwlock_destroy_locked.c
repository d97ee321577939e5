/*
 * A lock is destroyed while a reader holds it (POSIX pthread_rwlock_destroy: undefined).
 */
/* EXPECT destroy-locked misuse cause act */
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
	pthread_rwlock_destroy(&lock); /* @act */
	return 0;
}
