/*
 * Like wait_holding_posted.c, but the worker gives up after a time, and posts.
 */
/* EXPECT wait-holding discharged timed hold wait need */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 5;
	if (pthread_mutex_timedlock(&m, &until) == 0) /* @need */
		pthread_mutex_unlock(&m);
	stage_reach(1);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&done);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
