/*
 * Like wait_holding_posted.c: the parent has m when it makes the worker, gives it back, and takes
 * it again.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	sem_post(&done);
	return argument;
}

static void take(void)
{
	pthread_mutex_lock(&m); /* @hold */
}

int main(void)
{
	pthread_t thread;

	sem_init(&done, 0, 0);
	take();
	thread = start(worker, NULL);
	pthread_mutex_unlock(&m);
	stage_await(1);
	take();
	sem_wait(&done); /* @wait */
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
