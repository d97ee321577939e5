/*
 * The near miss of try_backoff.c: the side that tries a falls back to waiting for it, with b still
 * held. Now it waits like anybody. (In this run the other side gives a back without wanting b that
 * time.)
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&a);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	if (pthread_mutex_trylock(&a) != 0) {
		stage_reach(2);
		pthread_mutex_lock(&a); /* @second */
	}
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
