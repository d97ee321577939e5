/*
 * The near miss of alike_round_event.c: main posts after the last of them.
 */
/* EXPECT lock-order discharged sync-order first second */
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
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(sem_init(&posted, 0, 0) == 0);
	thread = start(other, NULL);
	for (int i = 0; i < ROUNDS; i++)
		run_together(run_ab, run_c, NULL);
	CHECK(sem_post(&posted) == 0);
	finish(thread);
	return 0;
}
