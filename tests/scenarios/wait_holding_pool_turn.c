/*
 * The other thread makes a unit and a turn, and takes one of each again. When the parent has taken
 * its turn, and then m, before it takes one, the parent waits for the worker's unit, and the worker
 * for m.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t turn, units;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	sem_post(&units);
	sem_post(&turn);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	sem_post(&units);
	sem_post(&turn);
	sem_wait(&units);
	sem_wait(&turn);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&turn, 0, 0);
	sem_init(&units, 0, 0);
	one = start(worker, NULL);
	two = start(other, NULL);
	stage_await(2);
	sem_wait(&turn);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
