/*
 * The near miss of wait_holding_posted.c: the parent does not take m before the worker has given it
 * back, and said so.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t ready, done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(&ready);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&ready, 0, 0);
	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&ready);
	pthread_mutex_lock(&m);
	sem_wait(&done);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
