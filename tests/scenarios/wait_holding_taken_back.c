/*
 * The near miss of wait_holding_taken.c: whoever takes the unit gives it back, and needs no m for
 * that.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(&units);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	sem_wait(&units);
	sem_post(&units);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 1);
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
