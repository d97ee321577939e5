/*
 * As sync_sem_handoff, but thread one takes a, b once more after the post: that time nothing keeps
 * it from thread two. Stages do here.
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
	for (int i = 0; i < 2; i++) {
		take_ab();
		if (i == 0)
			CHECK(sem_post(&s) == 0);
		stage_await(1);
	}
	return argument;
}

static void *two(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	take_ba();
	stage_reach(1);
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}
