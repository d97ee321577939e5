/*
 * The near miss of spin_unlock_not_owner.c: the worker unlocks.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_spinlock_t lock;

static void *worker(void *argument)
{
	pthread_spin_lock(&lock);
	stage_reach(1);
	stage_await(2);
	pthread_spin_unlock(&lock);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	thread = start(worker, NULL);
	while (!__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE))
		usleep(1000);
	stage_reach(2);
	finish(thread);
	return 0;
}
