/*
 * The near miss of wait_holding_posted.c: before it takes m the parent waits until either of the
 * others has begun, one of whom has been through m then, and the other one waits for that.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t units, begun, work;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(&begun);
	sem_post(&work);
	sem_post(&units);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	sem_wait(&work);
	sem_post(&begun);
	return argument;
}

int main(void)
{
	pthread_t one, two;

	sem_init(&units, 0, 0);
	sem_init(&work, 0, 0);
	sem_init(&begun, 0, 0);
	one = start(worker, NULL);
	two = start(other, NULL);
	stage_await(1);
	sem_wait(&begun);
	pthread_mutex_lock(&m);
	sem_wait(&units);
	pthread_mutex_unlock(&m);
	finish(one);
	finish(two);
	return 0;
}
