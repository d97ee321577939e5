/*
 * The near miss of sem_destroy_taken.c: the semaphore is destroyed only after the join. When main
 * has its unit by then, and worker comes late, worker waits for the unit and main for worker.
 */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static void *worker(void *argument)
{
	CHECK(sem_wait(&s) == 0); /* @take */
	sem_post(&s);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&s, 0, 1);
	thread = start(worker, NULL);
	stage_await(1);
	CHECK(sem_wait(&s) == 0);   /* @hold */
	pthread_join(thread, NULL); /* @join */
	CHECK(sem_destroy(&s) == 0);
	return 0;
}
