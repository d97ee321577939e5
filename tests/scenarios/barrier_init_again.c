/*
 * The near miss of barrier_init_waited.c: the barrier is destroyed after its round, and initialised
 * again for another number. Nobody is blocked on it.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_barrier_t barrier;

static void *meet(void *argument)
{
	pthread_barrier_wait(&barrier);
	return argument;
}

int main(void)
{
	pthread_t third;

	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	run_two(meet, meet);
	CHECK(pthread_barrier_destroy(&barrier) == 0);
	CHECK(pthread_barrier_init(&barrier, NULL, 3) == 0);
	third = start(meet, NULL);
	run_two(meet, meet);
	finish(third);
	CHECK(pthread_barrier_destroy(&barrier) == 0);
	return 0;
}
