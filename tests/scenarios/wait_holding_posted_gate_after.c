/*
 * The near miss of wait_holding_posted_gate.c: the worker takes g only after it has let the parent
 * go on, so that the parent may have it first.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, g = PTHREAD_MUTEX_INITIALIZER;
static sem_t begun, done;

static void *worker(void *argument)
{
	sem_post(&begun);
	pthread_mutex_lock(&g); /* @need */
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	stage_reach(1);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&begun, 0, 0);
	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&begun);
	stage_await(1);
	pthread_mutex_lock(&g); /* @hold */
	pthread_mutex_lock(&a);
	sem_wait(&done); /* @wait */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	finish(thread);
	return 0;
}
