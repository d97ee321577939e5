/*
 * One side wants its second lock for a limited time, and when that runs out it wants it again, and
 * keeps the first one all the while: two threads that do this at once hang for ever. In this run it
 * gets the lock at once; that it would ask again is in its code.
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
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;

	stage_await(1);
	pthread_mutex_lock(&b);
	do {
		until = soon(CLOCK_REALTIME, 1000);
	} while (pthread_mutex_timedlock(&a, &until) != 0); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
