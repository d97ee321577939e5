/*
 * The near miss of cond_released_meanwhile.c: when the wait ends, m is held again, and the waiter
 * takes x with it. The other thread, which waits for no condition, has x and wants m.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS >=6 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_lock(&x); /* @first */
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&m);
	stage_reach(2);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&m); /* @second */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&x);
	return argument;
}

static void *three(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
