/*
 * A thread makes a semaphore with one unit, takes that, and lets it be known then; it gives it back
 * as the last thing it does. Who takes the semaphore does so after that. So Python's threads let
 * others wait for their end. The second thread is created afterwards.
 */
/* EXPECT lock-order discharged sync-order first second */
/* SAYS sem_post at latch_end.c: */
/* SAYS comes before sem_wait at latch_end.c: */
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
	CHECK(sem_init(&ended, 0, 1) == 0);
	CHECK(sem_trywait(&ended) == 0);
	turn_pass(1);
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
	pthread_t first = start(one, NULL), second;

	turn_await(1);
	await_end();
	second = start(two, NULL);
	finish(second);
	finish(first);
	return 0;
}
