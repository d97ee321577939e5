/*
 * After many semaphores of one place on which threads only waited, two of the same place that two
 * threads use as locks, first one at a time, then both in opposite orders. sem_wait blocks while
 * the value is 0 (POSIX); only the two would post.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one-hold one-want two-hold two-want */
#include "hang.h"
#include "waiters.h"

static sem_t *a, *b;

static void use(sem_t *semaphore)
{
	CHECK(sem_wait(semaphore) == 0);
	CHECK(sem_post(semaphore) == 0);
}

static void *one(void *argument)
{
	use(a);
	use(b);
	meet(2);
	CHECK(sem_wait(a) == 0); /* @one-hold */
	meet(4);
	CHECK(sem_wait(b) == 0); /* @one-want */
	sem_post(b);
	sem_post(a);
	return argument;
}

static void *two(void *argument)
{
	use(a);
	use(b);
	meet(2);
	CHECK(sem_wait(b) == 0); /* @two-hold */
	meet(4);
	CHECK(sem_wait(a) == 0); /* @two-want */
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
	return 0;
}
