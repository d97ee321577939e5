/*
 * Another near miss of latch_end.c: the first thread gives the semaphore back before it takes a and
 * b. That it made it and took it at once says nothing of what it does afterwards.
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
	stage_await(1);
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
	CHECK(sem_init(&ended, 0, 1) == 0);
	CHECK(sem_trywait(&ended) == 0);
	turn_pass(1);
	CHECK(sem_post(&ended) == 0);
	take_ab();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second;

	turn_await(1);
	await_end();
	second = start(two, NULL);
	finish(second);
	finish(first);
	return 0;
}
