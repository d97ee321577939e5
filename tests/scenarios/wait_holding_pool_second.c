/*
 * The parent has taken a unit before it takes m, and waits for the second one. Whichever worker has
 * posted the first, the other one may still have to take m.
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
	stage_advance();
	stage_await(2);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 0);
	one = start(worker, NULL);
	two = start(worker, NULL);
	stage_await(2);
	sem_wait(&units);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
