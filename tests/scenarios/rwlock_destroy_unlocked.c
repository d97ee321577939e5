/*
 * The near miss of rwlock_destroy_locked.c: the reader has unlocked.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_rdlock(&lock);
	pthread_rwlock_unlock(&lock);
	__atomic_store_n(&stage_reached, 1, __ATOMIC_RELEASE);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	while (!__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_rwlock_destroy(&lock);
	finish(thread);
	return 0;
}
