/*
 * Rounds of two threads: one posts a semaphore, the other one tries to take it. What is left of
 * that is of no use to the thread that takes b, a after four units of another semaphore: it waits
 * for the one that posts that four times after it has taken a, b.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"
#include <semaphore.h>

enum { ROUNDS = 40, UNITS = 4 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t posted, handed;

static void *post(void *argument)
{
	sem_post(&posted);
	stage_reach(1);
	return argument;
}

static void *take(void *argument)
{
	stage_await(1);
	sem_trywait(&posted);
	return argument;
}

static void *take_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	for (int i = 0; i < UNITS; i++)
		sem_post(&handed);
	return argument;
}

static void *take_ba(void *argument)
{
	for (int i = 0; i < UNITS; i++)
		CHECK(sem_wait(&handed) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	CHECK(sem_init(&posted, 0, 0) == 0);
	CHECK(sem_init(&handed, 0, 0) == 0);
	for (int i = 0; i < ROUNDS; i++) {
		stage_reach(0);
		run_two(post, take);
	}
	run_two(take_ab, take_ba);
	return 0;
}
