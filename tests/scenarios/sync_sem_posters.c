/*
 * Two threads post s, and one unit is enough for the third: it may be the one of thread other, and
 * then b, a are taken while thread one takes a, b. In this run both have posted before, and thread
 * one first.
 */
/* EXPECT lock-order potential first second */
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
	take_ab();
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	return argument;
}

static void *other(void *argument)
{
	stage_await(1);
	CHECK(sem_post(&s) == 0);
	stage_reach(2);
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
