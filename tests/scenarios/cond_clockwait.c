/*
 * The near miss of cond_clockwait_reacquire.c: nothing else is held during the wait, which runs
 * out, and nothing when the mutex is taken again.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&outer);
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until = soon(CLOCK_MONOTONIC, 10);

	pthread_mutex_lock(&m);
	pthread_mutex_lock(&outer);
	pthread_mutex_unlock(&outer);
	pthread_mutex_unlock(&m);
	pthread_mutex_lock(&m);
	int error = pthread_cond_clockwait(&changed, &m, CLOCK_MONOTONIC, &until);
	CHECK(error == ETIMEDOUT);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
