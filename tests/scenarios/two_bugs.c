/*
 * Two inversions that have a lock in common, each between its own two threads: two bugs, two
 * findings. Mending one leaves the other.
 */
/* EXPECT lock-order feasible ab ba */
/* EXPECT lock-order feasible bc cb */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @ab */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @ba */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	return argument;
}

static void *three(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @bc */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	stage_reach(3);
	return argument;
}

static void *four(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&b); /* @cb */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);
	pthread_t fourth = start(four, NULL);

	run_two(one, two);
	finish(third);
	finish(fourth);
	return 0;
}
