/*
 * The parent waits for a semaphore while it holds m. The worker, which alone posts it, takes m
 * before that. This time it was first; if the parent is, neither goes on.
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
