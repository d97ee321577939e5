/*
 * The worker takes a before it posts, as in wait_holding_posted.c, but holds g from before the
 * parent takes that: by the time that the parent has g, and a inside, the worker has had a.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, g = PTHREAD_MUTEX_INITIALIZER;
static sem_t begun, done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&g);
	sem_post(&begun);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	stage_reach(1);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&begun, 0, 0);
	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&begun);
	stage_await(1);
	pthread_mutex_lock(&g);
	pthread_mutex_lock(&a);
	sem_wait(&done);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	finish(thread);
	return 0;
}
