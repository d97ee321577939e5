/*
 * After the fortieth round main posts a semaphore that another thread waits for, which then takes
 * b, a: at the same time as those that are made later.
 */
/* EXPECT lock-order feasible first second */
#include "together.h"
#include <semaphore.h>
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

static void *run_ab(void *argument)
{
	take_ab();
	return end(argument);
}

static sem_t posted;

static void *other(void *argument)
{
	CHECK(sem_wait(&posted) == 0);
	stage_await(1);
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&posted, 0, 0) == 0);
	thread = start(other, NULL);
	for (int i = 0; i < ROUNDS; i++) {
		if (i == ODD_ROUND)
			CHECK(sem_post(&posted) == 0);
		run_together(run_ab, run_c, NULL);
	}
	stage_reach(1);
	finish(thread);
	return 0;
}
