/*
 * Adaptive mutexes spin for a while before they wait; then they wait for ever. In opposite orders
 * they deadlock.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a, b;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_mutexattr_t kind;

	CHECK(pthread_mutexattr_init(&kind) == 0);
	CHECK(pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ADAPTIVE_NP) == 0);
	CHECK(pthread_mutex_init(&a, &kind) == 0);
	CHECK(pthread_mutex_init(&b, &kind) == 0);
	run_two(one, two);
	return 0;
}
