/*
 * The near miss of wait_holding_further.c: the third thread takes b and a only while it holds g,
 * which the parent holds around its wait, too.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER,
		       g = PTHREAD_MUTEX_INITIALIZER;
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
	pthread_mutex_lock(&g);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&g);
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
	pthread_mutex_lock(&g);
	pthread_mutex_lock(&a);
	sem_wait(&done);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	finish(one);
	finish(two);
	return 0;
}
