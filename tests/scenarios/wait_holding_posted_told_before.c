/*
 * The near miss of wait_holding_posted_told.c: the worker says so before it takes m.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int started;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&state);
	started = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&state);
	pthread_mutex_lock(&m); /* @need */
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
	pthread_mutex_lock(&state);
	while (!started)
		pthread_cond_wait(&changed, &state);
	pthread_mutex_unlock(&state);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&done);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
