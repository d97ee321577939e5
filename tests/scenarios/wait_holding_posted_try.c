/*
 * The near miss of wait_holding_posted.c: the worker only tries to take m.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	if (pthread_mutex_trylock(&m) == 0)
		pthread_mutex_unlock(&m);
	stage_reach(1);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_lock(&m);
	sem_wait(&done);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
