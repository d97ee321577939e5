/*
 * The parent waits for the worker while it holds a; the worker writes under b before it posts,
 * which the third thread reads under while it takes a.
 */
/* EXPECT wait-holding potential hold wait inner outer need */
/* STEPS 3 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	pthread_rwlock_wrlock(&b); /* @need */
	pthread_rwlock_unlock(&b);
	sem_post(&done);
	stage_reach(1);
	return argument;
}

static void *third(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&b); /* @outer */
	pthread_mutex_lock(&a);	   /* @inner */
	pthread_mutex_unlock(&a);
	pthread_rwlock_unlock(&b);
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
	pthread_mutex_lock(&a); /* @hold */
	sem_wait(&done);	/* @wait */
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
