/*
 * The parent waits for the second unit while it holds m, which the worker takes before it posts
 * that. But the worker has the gate from before the first unit on until it has posted both, and the
 * parent went through the gate after it had got the first.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER, m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units;

static void *worker(void *argument)
{
	pthread_mutex_lock(&gate);
	sem_post(&units);
	pthread_mutex_lock(&m);
	sem_post(&units);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&gate);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&units, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	sem_wait(&units);
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
