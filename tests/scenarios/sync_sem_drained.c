/*
 * Thread two takes what units there are, without waiting, and goes on: in this run it got the one
 * that thread one posts after a, b. When it comes earlier it gets none, and takes b, a while thread
 * one takes a, b.
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

static void *two(void *argument)
{
	stage_await(1);
	while (sem_trywait(&s) == 0)
		;
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
