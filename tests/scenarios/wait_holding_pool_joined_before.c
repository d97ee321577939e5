/*
 * As in wait_holding_pool_joined, but the worker makes its unit before it takes m.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *helper(void *argument)
{
	sem_post(&units);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *worker(void *argument)
{
	sem_post(&units);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *waiter(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t first, second, third;

	sem_init(&units, 0, 0);
	first = start(helper, NULL);
	second = start(worker, NULL);
	third = start(waiter, NULL);
	finish(first);
	stage_await(1);
	sem_wait(&units);
	stage_reach(2);
	finish(second);
	finish(third);
	return 0;
}
