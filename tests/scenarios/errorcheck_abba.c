/*
 * The near miss of errorcheck.c: two error-checking mutexes in opposite orders. The check is
 * whether the caller itself owns the mutex, not whether somebody waits in a circle: both threads
 * wait for ever.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t e = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t f = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_mutex_lock(&e);
	pthread_mutex_lock(&f); /* @first */
	pthread_mutex_unlock(&f);
	pthread_mutex_unlock(&e);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&f);
	pthread_mutex_lock(&e); /* @second */
	pthread_mutex_unlock(&e);
	pthread_mutex_unlock(&f);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
