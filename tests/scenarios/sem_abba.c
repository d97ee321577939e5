/*
 * Two semaphores that start at 1, each posted by the thread that took it, are two locks. Two
 * threads take them in opposite orders: when each has its first, each waits for ever (POSIX
 * sem_wait: the calling thread shall not return until it locks the semaphore).
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
/* ACQUISITIONS 4 */
/* LOCK a */
#include "scenario.h"

#include <semaphore.h>

static sem_t a, b;

static void *one(void *argument)
{
	CHECK(sem_wait(&a) == 0); /* @first-hold */
	CHECK(sem_wait(&b) == 0); /* @first */
	sem_post(&b);
	sem_post(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(&b) == 0); /* @second-hold */
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
