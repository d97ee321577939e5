/*
 * As wait_holding_gate_kept, but the keeper gives the gate back before it waits for the worker. So
 * the parent may have m first, and then neither it nor the worker goes on.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER, m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units, done, begun;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @need */
	sem_post(&units);
	pthread_mutex_unlock(&m);
	sem_post(&done);
	stage_reach(1);
	return argument;
}

static void *keeper(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&gate);
	sem_post(&begun);
	pthread_mutex_unlock(&gate);
	sem_wait(&done);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 0);
	sem_init(&done, 0, 0);
	sem_init(&begun, 0, 0);
	one = start(worker, NULL);
	two = start(keeper, NULL);
	stage_await(2);
	sem_wait(&begun);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&gate);
	finish(one);
	finish(two);
	return 0;
}
