/*
 * The parent comes to a barrier while it holds a; the worker takes b before it comes to it; and a
 * third thread takes a while it holds b.
 */
/* EXPECT wait-holding potential hold wait inner outer need */
/* STEPS 3 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t both;

static void *worker(void *argument)
{
	pthread_mutex_lock(&b); /* @need */
	pthread_mutex_unlock(&b);
	stage_reach(1);
	pthread_barrier_wait(&both);
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

	pthread_barrier_init(&both, NULL, 2);
	one = start(worker, NULL);
	two = start(third, NULL);
	stage_await(2);
	pthread_mutex_lock(&a);	     /* @hold */
	pthread_barrier_wait(&both); /* @wait */
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
