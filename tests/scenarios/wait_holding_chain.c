/*
 * The parent waits for a unit while it holds m. Who posts it needs no m, but waits for the worker,
 * which takes m before. This time it was first; if the parent is, none of them goes on.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
/* SAYS before it is posted */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units, work;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	sem_post(&work);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	sem_wait(&work);
	sem_post(&units);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 0);
	sem_init(&work, 0, 0);
	one = start(worker, NULL);
	two = start(other, NULL);
	stage_await(1);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
