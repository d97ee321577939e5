/*
 * Ten thousand rounds of two threads, of which one posts a semaphore that the other one waits for,
 * joined before the next round. Nobody else has the semaphore, and each round leaves it as it was:
 * so each is as the one before it.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "scenario.h"
#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t posted;

static void *post(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	sem_post(&posted);
	return argument;
}

static void *await(void *argument)
{
	CHECK(sem_wait(&posted) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	CHECK(sem_init(&posted, 0, 0) == 0);
	for (int i = 0; i < 10000; i++) {
		pthread_t waiter = start(await, NULL), poster = start(post, NULL);

		finish(poster);
		finish(waiter);
	}
	return 0;
}
