/*
 * The near miss of timedlock_then_wait.c: before it waits without a limit it gives the first lock
 * back, and takes it again inside the other one, in the order of all others.
 */
/* EXPECT lock-order discharged timed first second */
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
	pthread_mutex_lock(&b);
	if (pthread_mutex_timedlock(&a, &until) != 0) { /* @second */
		pthread_mutex_unlock(&b);
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b);
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
