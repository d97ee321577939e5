/*
 * A thread takes a, b before its routine, called by a library that wraps pthread_create, and main
 * takes b, a when it has made the thread: that may be at the same time.
 */
/* EXPECT lock-order feasible first second */
#include "forerun.h"

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *go_on(void *argument)
{
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	before_routine = take_ab;
	thread = start(go_on, NULL);
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	finish(thread);
	return 0;
}
