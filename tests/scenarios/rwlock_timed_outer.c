/*
 * The near miss of the timed scenarios: the limits are on the first locks. With them held, the
 * threads wait for the second ones without a limit.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	CHECK(pthread_rwlock_clockrdlock(&a, CLOCK_REALTIME, &until) == 0);
	pthread_rwlock_wrlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	stage_await(1);
	CHECK(pthread_rwlock_timedwrlock(&b, &until) == 0);
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
