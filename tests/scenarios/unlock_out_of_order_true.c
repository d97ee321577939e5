/*
 * The near miss of unlock_out_of_order.c: the other thread takes c before b, and b is what the
 * first thread still holds when it wants c.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&c); /* @first */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&b); /* @second */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
