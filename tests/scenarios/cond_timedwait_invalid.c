/*
 * A condition wait with an impossible time limit fails with EINVAL at once, and the mutex stays
 * locked (POSIX: in that case the mutex is not released). x is taken with m held; another thread
 * has x and wants m.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *one(void *argument)
{
	const struct timespec impossible = {0, 2000000000};

	pthread_mutex_lock(&m);
	CHECK(pthread_cond_timedwait(&changed, &m, &impossible) == EINVAL);
	pthread_mutex_lock(&x); /* @first */
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&m); /* @second */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&x);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
