/*
 * A near miss of alike_post_while_alive.c: the post comes before main joins the first thread, and
 * so before it has to wait for anybody who takes m.
 */
/* EXPECT none */
#include "scenario.h"
#include <semaphore.h>

enum { THREADS_MADE = 6 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t semaphore;

static void *take(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_advance();
	return argument;
}

static void *waiter(void *argument)
{
	stage_await(THREADS_MADE);
	pthread_mutex_lock(&m);
	sem_wait(&semaphore);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t waiting = 0, thread;

	sem_init(&semaphore, 0, 0);
	for (int i = 0; i < THREADS_MADE; i++) {
		if (i == THREADS_MADE / 2)
			waiting = start(waiter, NULL);
		thread = start(take, NULL);
		if (i == 0)
			sem_post(&semaphore);
		finish(thread);
	}
	finish(waiting);
	return 0;
}
