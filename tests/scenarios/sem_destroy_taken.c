/*
 * main takes the unit of semaphores that are used as locks, lest anybody has it still, and ends
 * them: one is destroyed, one freed, as that needs no more (as Knot DNS does when it frees a zone).
 * Worker must be done with them by then, or its use would be undefined (POSIX sem_destroy); turns
 * see to it. So nobody waits for what main had, and nothing keeps main from joining worker.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

struct zone {
	sem_t destroyed;
	sem_t *freed;
};

static void *worker(void *argument)
{
	struct zone *zone = argument;

	CHECK(sem_wait(&zone->destroyed) == 0);
	sem_post(&zone->destroyed);
	CHECK(sem_wait(zone->freed) == 0);
	sem_post(zone->freed);
	turn_pass(1);
	return argument;
}

int main(void)
{
	struct zone zone = {.freed = malloc(sizeof(sem_t))};
	pthread_t thread;

	sem_init(&zone.destroyed, 1, 1);
	sem_init(zone.freed, 0, 1);
	thread = start(worker, &zone);
	turn_await(1);
	CHECK(sem_wait(&zone.destroyed) == 0);
	CHECK(sem_destroy(&zone.destroyed) == 0);
	CHECK(sem_wait(zone.freed) == 0);
	free(zone.freed);
	pthread_join(thread, NULL);
	return 0;
}
