/*
 * The near miss of sem_abba.c: both threads take the semaphores in the same order.
 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include <semaphore.h>

static sem_t a, b;

static void *both(void *argument)
{
	CHECK(sem_wait(&a) == 0);
	CHECK(sem_wait(&b) == 0);
	sem_post(&b);
	sem_post(&a);
	return argument;
}

int main(void)
{
	sem_init(&a, 0, 1);
	sem_init(&b, 0, 1);
	run_two(both, both);
	return 0;
}
