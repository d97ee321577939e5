/*
 * An initialiser calls another once, whose initialiser takes m: both onces are held then. Another
 * thread calls the outer one with m held.
 */
/* EXPECT lock-order feasible first second */
/* ALLOW discharged */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t outer = PTHREAD_ONCE_INIT, inner = PTHREAD_ONCE_INIT;

static void initialise_inner(void)
{
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
}

static void initialise_outer(void)
{
	pthread_once(&inner, initialise_inner);
	pthread_once(&inner, initialise_inner);
}

static void *one(void *argument)
{
	pthread_once(&outer, initialise_outer);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	pthread_once(&outer, initialise_outer); /* @second */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
