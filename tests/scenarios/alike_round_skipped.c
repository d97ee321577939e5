/*
 * Rounds of two threads: one posts a semaphore, the other one takes it if it sees that the first
 * one was there already, and goes on without otherwise. In this run it was each time. If it comes
 * too early each time, forty units are left: then the thread that takes b, a after four of them
 * need not wait for the one that posts four after it has taken a, b.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"
#include <semaphore.h>

enum { ROUNDS = 40, UNITS = 4 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t posted;
static bool there;

static void *post(void *argument)
{
	sem_post(&posted);
	__atomic_store_n(&there, true, __ATOMIC_RELEASE);
	stage_reach(1);
	return argument;
}

static void *take(void *argument)
{
	stage_await(1);
	if (__atomic_load_n(&there, __ATOMIC_ACQUIRE))
		CHECK(sem_wait(&posted) == 0);
	return argument;
}

static void *take_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	for (int i = 0; i < UNITS; i++)
		sem_post(&posted);
	return argument;
}

static void *take_ba(void *argument)
{
	for (int i = 0; i < UNITS; i++)
		CHECK(sem_wait(&posted) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	CHECK(sem_init(&posted, 0, 0) == 0);
	for (int i = 0; i < ROUNDS; i++) {
		stage_reach(0);
		there = false;
		run_two(post, take);
	}
	run_two(take_ab, take_ba);
	return 0;
}
