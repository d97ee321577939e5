/*
 * Like wait_holding_posted_told.c, but the worker says so after it has posted.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int posted;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(&done);
	pthread_mutex_lock(&state);
	posted = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&state);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_lock(&state);
	while (!posted)
		pthread_cond_wait(&changed, &state);
	pthread_mutex_unlock(&state);
	pthread_mutex_lock(&m);
	sem_wait(&done);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
