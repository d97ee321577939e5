/*
 * The near miss of abba_gate_try.c: one side tries the gate, does not get it, and goes on without
 * it.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&gate);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	bool got = pthread_mutex_trylock(&gate) == 0;

	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	if (got)
		pthread_mutex_unlock(&gate);
	stage_reach(2);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
