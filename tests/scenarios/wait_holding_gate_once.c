/*
 * The worker posts one thing while it holds the gate, and takes m before it posts another. The
 * parent goes through the gate and waits for that while it holds m: if it has m first, and the gate
 * before or after the worker has it, neither goes on.
 */
/* EXPECT wait-holding potential hold wait need */
/* STEPS 2 */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER, m = PTHREAD_MUTEX_INITIALIZER;
static sem_t one, two;

static void *worker(void *argument)
{
	pthread_mutex_lock(&gate);
	sem_post(&one);
	pthread_mutex_unlock(&gate);
	pthread_mutex_lock(&m); /* @need */
	sem_post(&two);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&one, 0, 0);
	sem_init(&two, 0, 0);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_lock(&m); /* @hold */
	pthread_mutex_lock(&gate);
	pthread_mutex_unlock(&gate);
	sem_wait(&two); /* @wait */
	pthread_mutex_unlock(&m);
	sem_wait(&one);
	finish(thread);
	return 0;
}
