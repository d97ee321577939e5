/*
 * There is one unit that nobody needs m for, but another thread may take it. Then the parent, which
 * holds m, waits for that of the worker, which takes m before it posts.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	sem_post(&units);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	sem_wait(&units);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 1);
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
