/*
 * The near miss of rwlock_unlock_not_reader.c: the main thread is a reader too, and gives back its
 * own hold.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_rdlock(&lock);
	stage_reach(1);
	stage_await(2);
	pthread_rwlock_unlock(&lock);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	while (!__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_rwlock_rdlock(&lock);
	pthread_rwlock_unlock(&lock);
	stage_reach(2);
	finish(thread);
	return 0;
}
