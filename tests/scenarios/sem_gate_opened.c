/*
 * Both sides of an inversion of two mutexes run inside a semaphore that begins at 0: the main
 * thread posts once, and then each posts when it is done. There is one unit, so only one is inside
 * at a time.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "pair.h"

#include <semaphore.h>

static sem_t gate;

static void *one(void *argument)
{
	CHECK(sem_wait(&gate) == 0);
	take_both(&a, &b); /* @first */
	sem_post(&gate);
	return argument;
}

static void *two(void *argument)
{
	CHECK(sem_wait(&gate) == 0);
	take_both(&b, &a); /* @second */
	sem_post(&gate);
	return argument;
}

int main(void)
{
	sem_init(&gate, 0, 0);
	sem_post(&gate);
	run_two(one, two);
	return 0;
}
