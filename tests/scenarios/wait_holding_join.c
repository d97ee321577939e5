/*
 * The parent joins the worker while it holds a. The worker waits for a unit that a third thread
 * posts, which takes a before that. This time it was first; if the parent is, none of them goes on.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
/* SAYS third takes before worker can end */
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
	pthread_mutex_lock(&a); /* @need */
	pthread_mutex_unlock(&a);
	sem_post(&done);
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
	pthread_mutex_lock(&a); /* @hold */
	finish(one);		/* @wait */
	pthread_mutex_unlock(&a);
	finish(two);
	return 0;
}
