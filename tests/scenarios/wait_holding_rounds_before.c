/*
 * The near miss of wait_holding_rounds.c: the parent takes m when it has the units of all rounds,
 * and what it then waits for is posted without it.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	for (int i = 0; i < 3; i++) {
		pthread_mutex_lock(&m);
		sem_post(&units);
		pthread_mutex_unlock(&m);
	}
	sem_post(&units);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&units, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	for (int i = 0; i < 3; i++)
		sem_wait(&units);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
