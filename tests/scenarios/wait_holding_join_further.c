/*
 * The parent joins the worker while it holds a. The worker waits for a unit; who posts it takes b
 * before, which the third thread holds while it takes a.
 */
/* EXPECT wait-holding potential hold wait inner outer need */
/* STEPS 3 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	sem_wait(&done);
	return argument;
}

static void *poster(void *argument)
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
	pthread_t one, two, three;

	sem_init(&done, 0, 0);
	one = start(worker, NULL);
	two = start(poster, NULL);
	three = start(third, NULL);
	stage_await(2);
	pthread_mutex_lock(&a); /* @hold */
	finish(one);		/* @wait */
	pthread_mutex_unlock(&a);
	finish(two);
	finish(three);
	return 0;
}
