/*
 * Two workers take m before they post, in each of many rounds. The parent takes m when it has all
 * units but two, so one of them has another round before it: if the parent has m first, neither
 * goes on.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

#include <semaphore.h>

enum { ROUNDS = 40 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&m); /* @need */
		sem_post(&units);
		pthread_mutex_unlock(&m);
	}
	stage_reach(*(int *)argument);
	return argument;
}

int main(void)
{
	pthread_t first, second;
	int one = 1, two = 2;

	sem_init(&units, 0, 0);
	first = start(worker, &one);
	stage_await(1);
	second = start(worker, &two);
	stage_await(2);
	for (int i = 0; i < 2 * ROUNDS - 2; i++)
		sem_wait(&units);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	sem_wait(&units);
	finish(first);
	finish(second);
	return 0;
}
