/*
 * Main makes threads in turn, each of which takes m, and joins them; but one, that does nothing, is
 * joined by another thread, which then posts what a third one waits for with m held. If that one
 * has m before a thread that is joined before the one is made, nobody posts.
 */
/* EXPECT wait-holding potential hold wait take */
#include "scenario.h"
#include <semaphore.h>

enum { THREADS_MADE = 8, IDLE = 4 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t semaphore;
static pthread_t idle;

static void *work(void *argument)
{
	if (argument)
		return NULL;
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

static void *joiner(void *argument)
{
	turn_await(1);
	finish(idle);
	sem_post(&semaphore);
	return argument;
}

int main(void)
{
	pthread_t waiting, joining;

	sem_init(&semaphore, 0, 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	waiting = start(waiter, NULL);
	joining = start(joiner, NULL);
	for (int i = 0; i < THREADS_MADE; i++) {
		pthread_t thread = start(work, i == IDLE ? &m : NULL);

		if (i == IDLE)
			idle = thread;
		else
			finish(thread);
	}
	stage_advance();
	turn_pass(1);
	finish(joining);
	finish(waiting);
	return 0;
}
