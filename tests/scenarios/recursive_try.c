/*
 * A recursive mutex is taken again by pthread_mutex_trylock, which succeeds and counts; one unlock
 * is not enough then. The mutex is still owned when x is taken.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t r = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_mutex_lock(&r);
	CHECK(pthread_mutex_trylock(&r) == 0);
	pthread_mutex_unlock(&r);
	pthread_mutex_lock(&x); /* @first */
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
