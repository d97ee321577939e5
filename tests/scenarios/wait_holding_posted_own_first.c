/*
 * The near miss of wait_holding_posted_own.c: the worker takes m before its first post, which the
 * parent has waited for when it takes m.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	sem_post(&units);
	pthread_mutex_unlock(&m);
	sem_post(&units);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&units, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&units);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	sem_post(&units);
	finish(thread);
	return 0;
}
