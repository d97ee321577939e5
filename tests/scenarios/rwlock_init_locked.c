/*
 * A lock is initialised again while a writer holds it: it is free afterwards, and a second writer
 * could come in.
 */
/* EXPECT double-init misuse cause act */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_wrlock(&lock); /* @cause */
	stage_reach(1);
	pause();
	return argument;
}

int main(void)
{
	start(worker, NULL);
	while (!__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_rwlock_init(&lock, NULL); /* @act */
	return 0;
}
