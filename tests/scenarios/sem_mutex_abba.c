/*
 * A semaphore used as a lock and a mutex, in opposite orders: the circle of waiting does not care
 * of what kind its locks are.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
	sem_post(&s);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(&s) == 0); /* @second */
	sem_post(&s);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	sem_init(&s, 0, 1);
	run_two(one, two);
	return 0;
}
