/*
 * The near miss of recursive_between.c: the other thread takes x before r. Its lock of r is a
 * first one, and it waits for it.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t r = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_mutex_lock(&r);
	pthread_mutex_lock(&x); /* @first */
	pthread_mutex_lock(&r);
	pthread_mutex_unlock(&r);
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&r);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&r); /* @second */
	pthread_mutex_unlock(&r);
	pthread_mutex_unlock(&x);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
