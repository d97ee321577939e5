/*
 * One side wants its second lock for a limited time only, and gives up when it runs out.
 */
/* EXPECT lock-order discharged timed first second */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_wrlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until = far_future(CLOCK_MONOTONIC);

	stage_await(1);
	pthread_rwlock_wrlock(&b);
	if (pthread_rwlock_clockrdlock(&a, CLOCK_MONOTONIC, &until) == 0) /* @second */
		pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
