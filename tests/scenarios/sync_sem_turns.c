/*
 * Two threads take turns by two semaphores, of which one begins at 1, as a lock does: who has taken
 * its only unit does not give it back, the other thread does, when it has done its part. So at any
 * time there is one unit in all, and who has it is the only one of the two that runs.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

#include <semaphore.h>

enum { ROUNDS = 100 };

static sem_t ping, pong;

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
	for (int i = 0; i < ROUNDS; i++) {
		CHECK(sem_wait(&pong) == 0);
		take_ab();
		CHECK(sem_post(&ping) == 0);
	}
	return argument;
}

static void *two(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		CHECK(sem_wait(&ping) == 0);
		take_ba();
		CHECK(sem_post(&pong) == 0);
	}
	return argument;
}

int main(void)
{
	CHECK(sem_init(&ping, 0, 0) == 0);
	CHECK(sem_init(&pong, 0, 1) == 0);
	run_two(one, two);
	return 0;
}
