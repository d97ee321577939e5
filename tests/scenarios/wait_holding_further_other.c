/*
 * The near miss of wait_holding_further.c: another thread posts, too, and needs no lock.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	sem_post(&done);
	stage_reach(1);
	return argument;
}

static void *third(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	return argument;
}

static void *other(void *argument)
{
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t one, two, three;

	sem_init(&done, 0, 0);
	one = start(worker, NULL);
	two = start(third, NULL);
	three = start(other, NULL);
	stage_await(2);
	pthread_mutex_lock(&a);
	sem_wait(&done);
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	finish(three);
	return 0;
}
