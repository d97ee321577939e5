/*
 * A semaphore of one that each thread takes and gives back itself is a lock. main holds it when it
 * joins worker, which takes it.
 */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"
#include <semaphore.h>

static sem_t s;

static void *worker(void *argument)
{
	sem_wait(&s); /* @take */
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
	sem_wait(&s);		    /* @hold */
	pthread_join(thread, NULL); /* @join */
	sem_post(&s);
	return 0;
}
