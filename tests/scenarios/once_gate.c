/*
 * A near miss of once_inversion.c: both threads call the once with the same gate held, so the
 * second cannot come while the first one's initialiser runs.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void)
{
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	pthread_mutex_lock(&gate);
	pthread_once(&once, initialise);
	pthread_mutex_unlock(&gate);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&m);
	pthread_once(&once, initialise); /* @second */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&gate);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
