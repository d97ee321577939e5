/*
 * The near miss of wait_holding_pool.c: before it takes m the parent waits until one of the workers
 * has been through it. Which one that is is chance, but it then posts a unit.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units, begun;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(&begun);
	sem_post(&units);
	stage_advance();
	stage_await(2);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 0);
	sem_init(&begun, 0, 0);
	one = start(worker, NULL);
	two = start(worker, NULL);
	stage_await(2);
	sem_wait(&begun);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
