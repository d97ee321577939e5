/*
 * As sync_sem_turns, but the first thread posts a unit more before: two take_ab may begin before
 * take_ba has, the second of them at the same time as take_ba. Stages keep them apart here.
 */
/* EXPECT lock-order feasible first second */
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
		stage_await(2 * i);
		take_ab();
		stage_reach(2 * i + 1);
		CHECK(sem_post(&ping) == 0);
	}
	return argument;
}

static void *two(void *argument)
{
	for (int i = 0; i < ROUNDS; i++) {
		CHECK(sem_wait(&ping) == 0);
		stage_await(2 * i + 1);
		take_ba();
		stage_reach(2 * i + 2);
		CHECK(sem_post(&pong) == 0);
	}
	return argument;
}

int main(void)
{
	CHECK(sem_init(&ping, 0, 0) == 0);
	CHECK(sem_init(&pong, 0, 1) == 0);
	CHECK(sem_post(&pong) == 0);
	run_two(one, two);
	return 0;
}
