/*
 * Both sides of an inversion of two mutexes run inside the same semaphore, which starts at 1 and is
 * posted by who took it: only one is there at a time.
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
	sem_init(&gate, 0, 1);
	run_two(one, two);
	return 0;
}
