/*
 * The parent holds m, asks a worker for a unit, puts one there itself, and takes one. The thief may
 * take that of the parent; but the worker posts before it takes m.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t asked, units;

static void *worker(void *argument)
{
	sem_wait(&asked);
	sem_post(&units);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
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
	pthread_mutex_lock(&m);
	sem_post(&asked);
	sem_post(&units);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	finish(one);
	finish(two);
	return 0;
}
