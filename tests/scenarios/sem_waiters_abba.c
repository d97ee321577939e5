/*
 * After many semaphores of one place on which threads only waited, two of the same place are used
 * as locks, each just twice, by two threads in opposite orders. What the others were says nothing
 * of these: each thread can have its first (POSIX sem_wait), and then both wait for ever.
 * What the many takes were is not understood, so no schedule of it can be shown.
 */
/* EXPECT lock-order potential first first-hold second second-hold */
#include "waiters.h"

static sem_t *a, *b;

static void *one(void *argument)
{
	CHECK(sem_wait(a) == 0); /* @first-hold */
	CHECK(sem_wait(b) == 0); /* @first */
	sem_post(b);
	sem_post(a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(b) == 0); /* @second-hold */
	CHECK(sem_wait(a) == 0); /* @second */
	sem_post(a);
	sem_post(b);
	return argument;
}

int main(void)
{
	wait_often(2000, NULL);
	a = make_semaphore();
	b = make_semaphore();
	run_two(one, two);
	drop_semaphore(a);
	drop_semaphore(b);
	return 0;
}
