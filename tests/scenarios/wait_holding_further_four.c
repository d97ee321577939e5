/*
 * A circle of four: the parent waits for the worker while it holds a; the worker takes c before it
 * posts, which the fourth thread holds while it takes b, which the third one holds while it takes
 * a.
 */
/* EXPECT wait-holding potential hold wait inner outer inner2 outer2 need */
/* STEPS 4 */
/* SAYS third takes a while holding b; fourth takes b while holding c; worker takes c */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER,
		       c = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&c); /* @need */
	pthread_mutex_unlock(&c);
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

static void *fourth(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&c); /* @outer2 */
	pthread_mutex_lock(&b); /* @inner2 */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&c);
	stage_reach(3);
	return argument;
}

int main(void)
{
	pthread_t one, two, three;

	sem_init(&done, 0, 0);
	one = start(worker, NULL);
	two = start(third, NULL);
	three = start(fourth, NULL);
	stage_await(3);
	pthread_mutex_lock(&a); /* @hold */
	sem_wait(&done);	/* @wait */
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	finish(three);
	return 0;
}
