/*
 * A near miss of unordered_wait_holding.c: the parent holds m whenever it takes a unit, each time
 * from the same place. What is kept of the first ones shows how that is, and nobody else takes m.
 */
/* EXPECT none */
/* UNORDERED 0 */
#include "scenario.h"

#include <semaphore.h>

enum { UNITS = 300 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t work;

static void *worker(void *argument)
{
	for (int i = 0; i < UNITS; i++)
		sem_post(&work);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&work, 0, 0) == 0);
	thread = start(worker, NULL);
	for (int i = 0; i < UNITS; i++) {
		pthread_mutex_lock(&m);
		CHECK(sem_wait(&work) == 0);
		pthread_mutex_unlock(&m);
	}
	finish(thread);
	return 0;
}
