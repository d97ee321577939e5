/*
 * The parent waits for a condition while it holds a; the worker, which alone signals it, takes b
 * before; and a third thread takes a while it holds b.
 */
/* EXPECT wait-holding potential hold wait inner outer need */
/* STEPS 3 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *third(void *argument)
{
	pthread_mutex_lock(&b); /* @outer */
	pthread_mutex_lock(&a); /* @inner */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	stage_reach(1);
	return argument;
}

static void *worker(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&b); /* @need */
	pthread_mutex_unlock(&b);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	one = start(worker, NULL);
	two = start(third, NULL);
	stage_await(1);
	pthread_mutex_lock(&a); /* @hold */
	pthread_mutex_lock(&m);
	stage_reach(2);
	while (!ready)
		pthread_cond_wait(&changed, &m); /* @wait */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
