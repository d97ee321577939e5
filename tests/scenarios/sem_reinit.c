/*
 * The same memory is first a semaphore that only orders (it starts at 0, and is posted by another
 * thread), and after sem_destroy and sem_init one that starts at 1 and is used as a lock: then its
 * order counts.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	CHECK(sem_destroy(&s) == 0);
	sem_init(&s, 0, 1);
	CHECK(sem_wait(&s) == 0);
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
	sem_post(&s);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	sem_post(&s);
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(&s) == 0); /* @second */
	sem_post(&s);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	sem_init(&s, 0, 0);
	run_two(one, two);
	return 0;
}
