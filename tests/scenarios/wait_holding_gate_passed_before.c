/*
 * As wait_holding_gate_passed, but the parent goes through the gate before it gets the first unit.
 * The worker may take the gate after that; if the parent then takes m first, neither goes on.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER, m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	pthread_mutex_lock(&gate);
	sem_post(&units);
	pthread_mutex_lock(&m); /* @need */
	sem_post(&units);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&gate);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&units, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	sem_wait(&units);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
