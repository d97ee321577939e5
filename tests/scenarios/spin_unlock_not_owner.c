/*
 * A worker takes a spin lock and the main thread unlocks it (POSIX pthread_spin_unlock: undefined
 * if the calling thread does not hold the lock).
 */
/* EXPECT unlock-not-owner misuse cause act */
#include "scenario.h"

static pthread_spinlock_t lock;

static void *worker(void *argument)
{
	pthread_spin_lock(&lock); /* @cause */
	stage_reach(1);
	pause();
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	start(worker, NULL);
	while (!__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_spin_unlock(&lock); /* @act */
	return 0;
}
