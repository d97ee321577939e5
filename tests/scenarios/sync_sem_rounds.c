/*
 * Two threads take turns a hundred times, by two semaphores that begin at 0: each post lets the
 * other do its part, and nothing else does.
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
		take_ab();
		CHECK(sem_post(&ping) == 0);
		CHECK(sem_wait(&pong) == 0);
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
	CHECK(sem_init(&pong, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
