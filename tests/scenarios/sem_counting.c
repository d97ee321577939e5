/*
 * The near miss of sem_abba.c: both semaphores start at 2. There are two threads, and each takes
 * one unit of each: there is always a unit for whoever comes.
 */
/* EXPECT none */
/* ACQUISITIONS 2 */
#include "scenario.h"

#include <semaphore.h>

static sem_t a, b;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void take(sem_t *first, sem_t *second)
{
	CHECK(sem_wait(first) == 0);
	CHECK(sem_wait(second) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	sem_post(second);
	sem_post(first);
}

static void *one(void *argument)
{
	take(&a, &b);
	return argument;
}

static void *two(void *argument)
{
	take(&b, &a);
	return argument;
}

int main(void)
{
	sem_init(&a, 0, 2);
	sem_init(&b, 0, 2);
	run_two(one, two);
	return 0;
}
