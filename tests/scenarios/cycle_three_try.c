/*
 * A near miss of cycle_three.c: one of the three only tries its second lock. It does not wait, so
 * the circle of waiting stays open.
 */
/* EXPECT lock-order discharged try-lock one two three */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @two */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	stage_reach(2);
	return argument;
}

static void *three(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&c);
	if (pthread_mutex_trylock(&a) == 0) /* @three */
		pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}
