/*
 * The worker takes m in each of its rounds before it posts, and has taken it in the first one by
 * the time that the parent has its first unit; but not in the second one: if the parent has m
 * first then, neither goes on.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	for (int i = 0; i < 3; i++) {
		pthread_mutex_lock(&m); /* @need */
		sem_post(&units);
		pthread_mutex_unlock(&m);
	}
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&units, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	sem_wait(&units);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&units);	/* @wait */
	pthread_mutex_unlock(&m);
	sem_wait(&units);
	finish(thread);
	return 0;
}
