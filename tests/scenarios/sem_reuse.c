/*
 * Semaphores on the heap that are freed without sem_destroy, as nothing needs it: the next ones at
 * the addresses are others, and what was done with the old ones says nothing of them.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t *pair;

static sem_t *make(void)
{
	sem_t *made = malloc(2 * sizeof(*made));

	CHECK(made);
	sem_init(&made[0], 0, 1);
	sem_init(&made[1], 0, 1);
	return made;
}

static void take(sem_t *first, sem_t *second)
{
	CHECK(sem_wait(first) == 0);
	CHECK(sem_wait(second) == 0);
	sem_post(second);
	sem_post(first);
}

static void *one(void *argument)
{
	take(&pair[0], &pair[1]);
	free(pair);
	pair = make();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take(&pair[1], &pair[0]);
	return argument;
}

int main(void)
{
	pair = make();
	run_two(one, two);
	free(pair);
	return 0;
}
