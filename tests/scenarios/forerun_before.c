/*
 * A thread takes a, b before its routine, called by a library that wraps pthread_create, and main
 * takes b, a before it makes the thread: POSIX has the creation in between. The thread is joined.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "forerun.h"

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *idle(void *argument)
{
	return argument;
}

int main(void)
{
	before_routine = take_ab;
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	finish(start(idle, NULL));
	return 0;
}
