/*
 * A near miss of rwlock_recursive_writer_first.c: the writer gives up after a time, and lets the
 * reader go on.
 */
/* EXPECT lock-order discharged timed first second */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&a); /* @first */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	stage_await(1);
	CHECK(pthread_rwlock_timedwrlock(&a, &until) == 0); /* @second */
	pthread_rwlock_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
