/*
 * The near miss of wait_holding_chain.c: the worker posts before it takes m.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units, work;

static void *worker(void *argument)
{
	sem_post(&work);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
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
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
