/*
 * The process is ended by SIGTERM, which it does not handle, while it holds a lock, after its
 * threads have shown the inversion. What was recorded until then is whole.
 */
/* EXPECT lock-order feasible first second */
/* EXIT SIGTERM */
/* ACQUISITIONS 5 */
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
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	pthread_mutex_lock(&a);
	kill(getpid(), SIGTERM);
	pause();
	return 1;
}
