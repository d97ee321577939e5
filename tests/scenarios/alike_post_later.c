/*
 * Main makes threads in turn, each of which takes m, and joins them; one of them only waits until
 * the others are gone, and then posts what another thread waits for with m held. If that one has m
 * before a thread that is joined before the one that posts is made, nobody posts.
 */
/* EXPECT wait-holding potential hold wait take */
#include "scenario.h"
#include <semaphore.h>

enum { THREADS_MADE = 8, POSTING = 4 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t semaphore;

static void *work(void *argument)
{
	if (argument) {
		stage_await(1);
		sem_post(&semaphore);
		return NULL;
	}
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	return NULL;
}

static void *waiter(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&semaphore);	/* @wait */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t waiting, posting = 0;

	sem_init(&semaphore, 0, 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	waiting = start(waiter, NULL);
	for (int i = 0; i < THREADS_MADE; i++) {
		pthread_t thread = start(work, i == POSTING ? &m : NULL);

		if (i == POSTING)
			posting = thread;
		else
			finish(thread);
	}
	stage_advance();
	finish(posting);
	finish(waiting);
	return 0;
}
