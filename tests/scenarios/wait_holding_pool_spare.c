/*
 * The near miss of wait_holding_pool.c: one unit is there from the beginning.
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
	stage_advance();
	stage_await(2);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 1);
	one = start(worker, NULL);
	two = start(worker, NULL);
	stage_await(2);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
