/*
 * The near miss of wait_holding_pool_locks.c: the second takes b only after it has posted.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *first(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	sem_post(&units);
	stage_advance();
	return argument;
}

static void *second(void *argument)
{
	sem_post(&units);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	stage_advance();
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 0);
	one = start(first, NULL);
	two = start(second, NULL);
	stage_await(2);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	sem_wait(&units);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
