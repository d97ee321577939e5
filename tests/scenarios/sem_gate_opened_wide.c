/*
 * The near miss of sem_gate_opened.c: the main thread posts twice, so that both may be inside. That
 * the first one has posted before the second one takes its unit is chance.
 */
/* EXPECT lock-order feasible first second */
#include "pair.h"

#include <semaphore.h>

static sem_t gate;

static void *one(void *argument)
{
	CHECK(sem_wait(&gate) == 0);
	take_both(&a, &b); /* @first */
	sem_post(&gate);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(&gate) == 0);
	take_both(&b, &a); /* @second */
	sem_post(&gate);
	return argument;
}

int main(void)
{
	sem_init(&gate, 0, 0);
	sem_post(&gate);
	sem_post(&gate);
	run_two(one, two);
	return 0;
}
