/*
 * As wait_holding_gate_rounds.c, but the parent goes through the gate in every other round only. In
 * those between it may take m as soon as it has a unit, while the worker has the gate and is about
 * to take m: then neither goes on.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER, m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	for (int i = 0; i < 4; i++) {
		pthread_mutex_lock(&gate);
		sem_post(&units);
		pthread_mutex_lock(&m); /* @need */
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
		if (i % 2 == 0) {
			pthread_mutex_lock(&gate);
			pthread_mutex_unlock(&gate);
		}
		pthread_mutex_lock(&m); /* @hold */
		sem_wait(&units);	/* @wait */
		pthread_mutex_unlock(&m);
	}
	finish(thread);
	return 0;
}
