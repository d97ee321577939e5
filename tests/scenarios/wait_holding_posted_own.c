/*
 * The parent takes a second unit of the semaphore while it holds m, and posts one itself only after
 * that: so the second one must be the worker's second, which takes m between the two. This time the
 * worker was first; if the parent is, neither goes on.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	sem_post(&units);
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	sem_post(&units);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&units, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&units);
	stage_await(1);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	sem_post(&units);
	finish(thread);
	return 0;
}
