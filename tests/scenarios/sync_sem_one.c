/*
 * As sync_sem_handoff, but s begins at 1, as if it were a lock: thread two takes it at once. That
 * another thread posts it makes it no lock, so thread two holds nothing by it.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

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
	take_ab();
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(sem_wait(&s) == 0);
	take_ba();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 1) == 0);
	run_two(one, two);
	return 0;
}
