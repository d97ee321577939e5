/*
 * The near miss of wait_holding_further_barrier.c: the worker takes b after the barrier.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t both;

static void *worker(void *argument)
{
	pthread_barrier_wait(&both);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *third(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
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
	pthread_mutex_lock(&a);
	pthread_barrier_wait(&both);
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
