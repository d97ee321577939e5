/*
 * The near miss of seats_tried.c: thread other tries until it has taken a unit, and posts one then.
 * So there never is more than one, and thread two has it only after thread one's a, b.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "pair.h"

#include <semaphore.h>

static sem_t s;

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	while (sem_trywait(&s))
		usleep(1000);
	CHECK(sem_post(&s) == 0);
	stage_reach(2);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	CHECK(sem_wait(&s) == 0);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pthread_t third;

	CHECK(sem_init(&s, 0, 0) == 0);
	third = start(other, NULL);
	run_two(one, two);
	finish(third);
	return 0;
}
