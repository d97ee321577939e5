/*
 * As in wait_holding_pool_turn, but the worker makes its unit before it takes m.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t turn, units;

static void *worker(void *argument)
{
	sem_post(&units);
	sem_post(&turn);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	sem_post(&units);
	sem_post(&turn);
	sem_wait(&units);
	sem_wait(&turn);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&turn, 0, 0);
	sem_init(&units, 0, 0);
	one = start(worker, NULL);
	two = start(other, NULL);
	stage_await(2);
	sem_wait(&turn);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
