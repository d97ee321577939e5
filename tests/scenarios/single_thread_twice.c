/*
 * The near miss of single_thread.c: two threads run the function that uses both orders. One can be
 * in its first half while the other is in its second.
 */
/* EXPECT lock-order feasible first second */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void both(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *one(void *argument)
{
	both();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	both();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
