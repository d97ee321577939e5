/*
 * The near miss of wait_holding_posted.c: another worker posts, too, without m, and the parent
 * waits for one post only.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	sem_post(&done);
	return argument;
}

static void *poster(void *argument)
{
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t thread, other;

	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	other = start(poster, NULL);
	stage_await(1);
	pthread_mutex_lock(&m);
	sem_wait(&done);
	pthread_mutex_unlock(&m);
	finish(thread);
	finish(other);
	return 0;
}
