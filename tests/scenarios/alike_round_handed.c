/*
 * Rounds of two threads: one takes a, b and posts a semaphore that the other one waits for. In the
 * fortieth main posts it, too, for a thread that was there before, which takes that unit, and then
 * b, a: while the one of that round may take a, b.
 */
/* EXPECT lock-order feasible first second */
#include "together.h"
#include <semaphore.h>

static sem_t posted;

static void *post(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	sem_post(&posted);
	return argument;
}

static void *await(void *argument)
{
	CHECK(sem_wait(&posted) == 0);
	return run_c(argument);
}

static void *other(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(&posted) == 0);
	stage_reach(2);
	stage_await(3);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&posted, 0, 0) == 0);
	thread = start(other, NULL);
	for (int i = 0; i < ROUNDS; i++) {
		if (i == ODD_ROUND) {
			CHECK(sem_post(&posted) == 0);
			stage_reach(1);
			stage_await(2);
		}
		run_together(post, await, NULL);
	}
	stage_reach(3);
	finish(thread);
	return 0;
}
