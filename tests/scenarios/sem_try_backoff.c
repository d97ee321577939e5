/*
 * One side only tries its second semaphore, and gives the first one back when it fails (POSIX
 * sem_trywait does not wait).
 */
/* EXPECT lock-order discharged try-lock first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t a, b;

static void *one(void *argument)
{
	CHECK(sem_wait(&a) == 0);
	CHECK(sem_wait(&b) == 0); /* @first */
	sem_post(&b);
	sem_post(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(&b) == 0);
	if (sem_trywait(&a) == 0) /* @second */
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
