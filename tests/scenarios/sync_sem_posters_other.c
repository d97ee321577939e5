/*
 * As sync_sem_posters, but thread other posts first, so that the unit which is taken is its own.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

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

static void *one(void *argument)
{
	stage_await(1);
	take_ab();
	CHECK(sem_post(&s) == 0);
	stage_reach(2);
	return argument;
}

static void *other(void *argument)
{
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	CHECK(sem_wait(&s) == 0);
	take_ba();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	pthread_t third = start(other, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
