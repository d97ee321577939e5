/*
 * A near miss of alike_joined_by_other.c: the one that another thread joins is made first, before
 * main has to wait for anybody who takes m.
 */
/* EXPECT none */
#include "scenario.h"
#include <semaphore.h>

enum { THREADS_MADE = 8, IDLE = 0 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t semaphore;
static pthread_t idle;

static void *work(void *argument)
{
	if (argument)
		return NULL;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return NULL;
}

static void *waiter(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	sem_wait(&semaphore);
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
