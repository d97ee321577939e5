/*
 * The helper and the worker make a unit each, and the parent takes one when it has joined the
 * helper. When the waiter takes m after that, it waits for the worker's unit, and the worker for m.
 * That the helper takes m, too, is no matter: it has done so then.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
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
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	sem_post(&units);
	stage_reach(1);
	return argument;
}

static void *waiter(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
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
