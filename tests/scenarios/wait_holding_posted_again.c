/*
 * The worker takes m before the parent does, which has waited for that, and again after the post
 * that the parent waits for with m held.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t ready, go, done;

static void *worker(void *argument)
{
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
		if (i == 0) {
			sem_post(&ready);
			sem_wait(&go);
			sem_post(&done);
		}
	}
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&ready, 0, 0);
	sem_init(&go, 0, 0);
	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&ready);
	pthread_mutex_lock(&m);
	sem_post(&go);
	sem_wait(&done);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
