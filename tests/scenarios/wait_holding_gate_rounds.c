/*
 * In each round the worker posts, and then takes m, with the gate held; and the parent goes through
 * the gate, and then waits while it holds m. The worker takes m before it posts the next unit. But
 * it has the gate from before it has posted one until it has had m; and the parent, which has got
 * that one, goes through the gate before it takes m again.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER, m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	for (int i = 0; i < 4; i++) {
		pthread_mutex_lock(&gate);
		sem_post(&units);
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
		pthread_mutex_unlock(&gate);
	}
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&units, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	for (int i = 0; i < 4; i++) {
		pthread_mutex_lock(&gate);
		pthread_mutex_unlock(&gate);
		pthread_mutex_lock(&m);
		sem_wait(&units);
		pthread_mutex_unlock(&m);
	}
	finish(thread);
	return 0;
}
