/*
 * Like wait_holding_pool_begun.c, but the workers say so before they take m: they may still have
 * to.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 3 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units, begun;

static void *worker(void *argument)
{
	sem_post(&begun);
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
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
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
