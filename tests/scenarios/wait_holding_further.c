/*
 * The parent waits for a semaphore while it holds a. The worker, which alone posts it, takes b
 * before that; and a third thread takes a while it holds b. No two of them keep each other from
 * going on, but all three do: the parent has a, the third b, and the worker wants b.
 */
/* EXPECT wait-holding potential hold wait inner outer need */
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
	stage_await(1);
	pthread_mutex_lock(&b); /* @outer */
	pthread_mutex_lock(&a); /* @inner */
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
