/*
 * The parent waits for a unit while it holds m. Either worker may post it, and both take m before
 * they do. This time they were first; if the parent is, none of them goes on.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 3 */
/* SAYS before they post it: if main has it first, none of them goes on. */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	sem_post(&units);
	stage_advance();
	stage_await(2);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 0);
	one = start(worker, NULL);
	two = start(worker, NULL);
	stage_await(2);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
