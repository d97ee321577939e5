/*
 * Thread other takes a unit, if there is one, and posts one. In this run it took the one of thread
 * one, so that there never was more than one; when it comes first there are two, and thread two
 * takes one of them while thread one takes a, b.
 */
/* EXPECT lock-order potential first second */
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
	(void)sem_trywait(&s);
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
