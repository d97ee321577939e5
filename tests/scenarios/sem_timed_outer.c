/*
 * The near miss of sem_timed.c: the time limits are on the first semaphore of each side. The waits
 * that can meet have none.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t a, b;

static void *one(void *argument)
{
	struct timespec until = far_future(CLOCK_MONOTONIC);

	CHECK(sem_clockwait(&a, CLOCK_MONOTONIC, &until) == 0);
	CHECK(sem_wait(&b) == 0); /* @first */
	sem_post(&b);
	sem_post(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	stage_await(1);
	CHECK(sem_timedwait(&b, &until) == 0);
	CHECK(sem_wait(&a) == 0); /* @second */
	sem_post(&a);
	sem_post(&b);
	return argument;
}

int main(void)
{
	sem_init(&a, 0, 1);
	sem_init(&b, 0, 1);
	run_two(one, two);
	return 0;
}
