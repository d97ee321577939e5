/*
 * As cond_reacquire.c, with pthread_cond_timedwait, which runs out: nobody signals. The limit is
 * on the wait for the signal; the mutex is taken again without a limit (POSIX:
 * pthread_cond_timedwait returns with the mutex locked, also with ETIMEDOUT).
 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&outer); /* @second */
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;

	stage_await(1);
	until = soon(CLOCK_REALTIME, 10);
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&outer);
	int error = pthread_cond_timedwait(&changed, &m, &until); /* @first */
	CHECK(error == ETIMEDOUT);
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
