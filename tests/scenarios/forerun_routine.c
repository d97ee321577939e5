/*
 * A thread takes a, b before its routine, called by a library that wraps pthread_create, and b, a
 * in the routine: one after the other. It is joined.
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

static void *run_ba(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	before_routine = take_ab;
	finish(start(run_ba, NULL));
	return 0;
}
