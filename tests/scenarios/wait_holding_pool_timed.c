/*
 * Like wait_holding_pool.c, but the workers give up after a time, and post all the same.
 */
/* EXPECT wait-holding discharged timed hold wait need */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	const struct timespec until = {.tv_sec = time(NULL) + 20};

	if (pthread_mutex_timedlock(&m, &until) == 0) /* @need */
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
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
