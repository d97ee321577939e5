/*
 * Another near miss of latch_end.c: the semaphore is made before the first thread is. It took it
 * first in this run, by a stage; the main thread may do so, too, and create the second thread
 * before the first takes any lock.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t ended;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

/* As threading.Thread.join does. */
static void await_end(void)
{
	CHECK(sem_wait(&ended) == 0);
	CHECK(sem_post(&ended) == 0);
}

static void *one(void *argument)
{
	CHECK(sem_wait(&ended) == 0);
	stage_reach(1);
	take_ab();
	CHECK(sem_post(&ended) == 0);
	return argument;
}

static void *two(void *argument)
{
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t first, second;

	CHECK(sem_init(&ended, 0, 1) == 0);
	first = start(one, NULL);
	stage_await(1);
	await_end();
	second = start(two, NULL);
	finish(second);
	finish(first);
	return 0;
}
