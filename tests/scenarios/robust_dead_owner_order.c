/*
 * The near miss of robust_dead_owner.c: after EOWNERDEAD too, both threads take the mutex before
 * x.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t r;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static void *die(void *argument)
{
	pthread_mutex_lock(&r);
	return argument;
}

static void *one(void *argument)
{
	CHECK(pthread_mutex_lock(&r) == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(&r) == 0);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&r);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&r);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&r);
	return argument;
}

int main(void)
{
	pthread_mutexattr_t robust;

	CHECK(pthread_mutexattr_init(&robust) == 0);
	CHECK(pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST) == 0);
	CHECK(pthread_mutex_init(&r, &robust) == 0);
	finish(start(die, NULL));
	run_two(one, two);
	return 0;
}
