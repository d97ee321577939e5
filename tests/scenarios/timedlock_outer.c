/*
 * The near miss of timedlock.c: the limit is on the first lock, not on the second one. With the
 * first lock held, the thread waits for the second without a limit.
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
	struct timespec until = far_future(CLOCK_REALTIME);

	stage_await(1);
	CHECK(pthread_mutex_timedlock(&b, &until) == 0);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
