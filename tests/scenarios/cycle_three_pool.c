/*
 * The near miss of cycle_three_two_threads.c: two threads of a pool walk the two sides, so one can
 * be on the first while the other is on the second, and the third thread closes the circle.
 */
/* EXPECT lock-order feasible ab bc ca */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *pool(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @ab */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @bc */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *pool_counted(void *argument)
{
	pool(argument);
	stage_advance();
	return argument;
}

static void *closing(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&a); /* @ca */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	pthread_t third = start(closing, NULL);

	run_two(pool_counted, pool_counted);
	finish(third);
	return 0;
}
