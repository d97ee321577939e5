/*
 * The near miss of try_then_as_told.c: the function is told not to wait for b.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "pair.h"
#include <errno.h>

APART static int acquire(pthread_mutex_t *lock, bool blocking)
{
	if (pthread_mutex_trylock(lock) == 0) /* @second */
		return 0;
	if (!blocking)
		return EBUSY;
	return pthread_mutex_lock(lock);
}

static void *one(void *argument)
{
	take_both(&b, &a); /* @first */
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	if (acquire(&b, false) == 0)
		pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
