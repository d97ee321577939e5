/*
 * The near miss of wait_holding_posted.c: the parent only tries to take the unit.
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
	sem_post(&done);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;
	bool taken;

	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_lock(&m);
	taken = sem_trywait(&done) == 0;
	pthread_mutex_unlock(&m);
	finish(thread);
	return !taken;
}
