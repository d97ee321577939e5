/*
 * The parent asks the worker for something while it holds a, and waits for the answer. The worker
 * takes b before it answers, which the third thread holds while it takes a.
 */
/* EXPECT wait-holding potential hold wait inner outer need */
/* STEPS 3 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static sem_t asked, done;

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
	sem_wait(&asked);
	pthread_mutex_lock(&b); /* @need */
	pthread_mutex_unlock(&b);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&asked, 0, 0);
	sem_init(&done, 0, 0);
	one = start(worker, NULL);
	two = start(third, NULL);
	stage_await(1);
	pthread_mutex_lock(&a); /* @hold */
	sem_post(&asked);
	sem_wait(&done); /* @wait */
	pthread_mutex_unlock(&a);
	finish(one);
	finish(two);
	return 0;
}
