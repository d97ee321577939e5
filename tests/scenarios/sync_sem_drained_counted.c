/*
 * The near miss of sync_sem_drained.c: thread two counts the units that it gets without waiting,
 * and waits for one where there was none. So it has the one that thread one posts after a, b.
 */
/* EXPECT lock-order discharged sync-order first second */
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
	unsigned count = 0;

	stage_await(1);
	while (sem_trywait(&s) == 0)
		count++;
	if (!count)
		CHECK(sem_wait(&s) == 0);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
