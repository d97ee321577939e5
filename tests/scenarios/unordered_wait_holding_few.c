/* The near miss of unordered_wait_holding.c: of fewer units all is kept, and the deadlock found. */
/* EXPECT wait-holding potential hold wait need */
/* UNORDERED 0 */
#include "scenario.h"

#include <semaphore.h>

enum { UNITS = 200 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t work;

static void *worker(void *argument)
{
	for (int i = 0; i < UNITS; i++)
		sem_post(&work);
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	sem_post(&work);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&work, 0, 0) == 0);
	thread = start(worker, NULL);
	for (int i = 0; i < UNITS; i++)
		CHECK(sem_wait(&work) == 0);
	stage_await(1);
	pthread_mutex_lock(&m);	     /* @hold */
	CHECK(sem_wait(&work) == 0); /* @wait */
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
