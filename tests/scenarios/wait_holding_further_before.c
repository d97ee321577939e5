/*
 * The near miss of wait_holding_further.c: the worker lets the third thread go on only after it has
 * had b.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static sem_t done, next;

static void *worker(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	sem_post(&next);
	stage_reach(1);
	stage_await(2);
	sem_post(&done);
	return argument;
}

static void *third(void *argument)
{
	sem_wait(&next);
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

	sem_init(&next, 0, 0);
	sem_init(&done, 0, 0);
	one = start(worker, NULL);
	two = start(third, NULL);
	stage_await(2);
	pthread_mutex_lock(&a);
	sem_wait(&done);
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
