/*
 * The near miss of sem_mutex_abba.c: at the end a third thread, which never took it, posts the
 * semaphore that thread one took last. So it is no lock: who waits for it can be let go by anybody,
 * and here the third does so without wanting the mutex.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(&s);
	stage_reach(1);
	stage_await(2);
	CHECK(sem_wait(&s) == 0);
	stage_reach(3);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(&s) == 0);
	sem_post(&s);
	pthread_mutex_unlock(&m);
	stage_reach(2);
	return argument;
}

static void *three(void *argument)
{
	stage_await(3);
	sem_post(&s);
	return argument;
}

int main(void)
{
	pthread_t third;

	sem_init(&s, 0, 1);
	third = start(three, NULL);
	run_two(one, two);
	finish(third);
	return 0;
}
