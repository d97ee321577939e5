/*
 * The near miss of wait_holding_join.c: the third thread posts before it takes a.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	sem_wait(&done);
	return argument;
}

static void *third(void *argument)
{
	sem_post(&done);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&done, 0, 0);
	one = start(worker, NULL);
	two = start(third, NULL);
	stage_await(1);
	pthread_mutex_lock(&a);
	finish(one);
	pthread_mutex_unlock(&a);
	finish(two);
	return 0;
}
