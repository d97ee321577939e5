/*
 * Thread one makes the semaphore, takes it, and gives it back, as one by which it tells that it has
 * ended. Thread two has that unit then, and needs another one: it is what thread one posts after a,
 * b, without having taken one.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

#include <semaphore.h>

static sem_t s;

static void *one(void *argument)
{
	CHECK(sem_init(&s, 0, 1) == 0);
	CHECK(sem_wait(&s) == 0);
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	stage_await(2);
	take_both(&a, &b); /* @first */
	CHECK(sem_post(&s) == 0);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(&s) == 0);
	stage_reach(2);
	CHECK(sem_wait(&s) == 0);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
