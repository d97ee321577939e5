/*
 * As in wait_holding_further.c, but the third thread does not wait for ever.
 */
/* EXPECT wait-holding discharged timed hold wait inner outer need */
/* STEPS 3 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&b); /* @need */
	pthread_mutex_unlock(&b);
	sem_post(&done);
	stage_reach(1);
	return argument;
}

static void *third(void *argument)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 1;
	stage_await(1);
	pthread_mutex_lock(&b);			      /* @outer */
	if (pthread_mutex_timedlock(&a, &until) == 0) /* @inner */
		pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&done, 0, 0);
	one = start(worker, NULL);
	two = start(third, NULL);
	stage_await(2);
	pthread_mutex_lock(&a); /* @hold */
	sem_wait(&done);	/* @wait */
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
