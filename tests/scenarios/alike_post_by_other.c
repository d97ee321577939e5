/*
 * Main makes threads in turn, each of which takes m, and joins them; before the last one is made,
 * it makes one that posts what another thread, made in the midst, waits for with m held. If that
 * one has m before a thread that is joined by then, nobody posts.
 */
/* EXPECT wait-holding potential hold wait take */
#include "scenario.h"
#include <semaphore.h>

enum { THREADS_MADE = 6 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t semaphore;

static void *take(void *argument)
{
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	stage_advance();
	return argument;
}

static void *waiter(void *argument)
{
	stage_await(THREADS_MADE);
	pthread_mutex_lock(&m); /* @hold */
	sem_wait(&semaphore);	/* @wait */
	pthread_mutex_unlock(&m);
	return argument;
}

static void *poster(void *argument)
{
	sem_post(&semaphore);
	return argument;
}

int main(void)
{
	pthread_t waiting = 0, posting = 0;

	sem_init(&semaphore, 0, 0);
	for (int i = 0; i < THREADS_MADE; i++) {
		if (i == THREADS_MADE / 2)
			waiting = start(waiter, NULL);
		if (i == THREADS_MADE - 1)
			posting = start(poster, NULL);
		finish(start(take, NULL));
	}
	finish(posting);
	finish(waiting);
	return 0;
}
