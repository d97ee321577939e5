/*
 * As sync_sem_creates, but thread two is created before main takes s.
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
	stage_reach(1);
	CHECK(sem_post(&s) == 0);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take_ba();
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	pthread_t first = start(one, NULL);
	pthread_t second = start(two, NULL);

	CHECK(sem_wait(&s) == 0);
	finish(second);
	finish(first);
	return 0;
}
