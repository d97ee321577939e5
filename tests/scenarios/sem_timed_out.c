/*
 * A timed wait that fails takes nothing: what the thread does next it does without the semaphore.
 * Another thread takes the mutex first and the semaphore then.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	struct timespec past = {0, 0};

	stage_await(1);
	CHECK(sem_timedwait(&s, &past) == -1 && errno == ETIMEDOUT);
	CHECK(sem_clockwait(&s, CLOCK_MONOTONIC, &past) == -1 && errno == ETIMEDOUT);
	CHECK(sem_trywait(&s) == -1 && errno == EAGAIN);
	stage_reach(2);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(3);
	return argument;
}

static void *two(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	stage_reach(1);
	stage_await(2);
	sem_post(&s);
	stage_await(3);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(&s) == 0);
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
