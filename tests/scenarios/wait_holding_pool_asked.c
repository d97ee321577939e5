/*
 * The parent holds m, asks a worker for a unit, puts one there itself, and takes one. When the
 * thief takes that of the parent, which this time came too late, it waits for the worker's; and the
 * worker waits for m, always after the parent has it.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t asked, units;

static void *worker(void *argument)
{
	sem_wait(&asked);
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	sem_post(&units);
	return argument;
}

static void *thief(void *argument)
{
	stage_await(1);
	sem_wait(&units);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&asked, 0, 0);
	sem_init(&units, 0, 0);
	one = start(worker, NULL);
	two = start(thief, NULL);
	pthread_mutex_lock(&m); /* @hold */
	sem_post(&asked);
	sem_post(&units);
	sem_wait(&units); /* @wait */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	finish(one);
	finish(two);
	return 0;
}
