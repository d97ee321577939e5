/*
 * A near miss of try_then_wrapped.c: the caller says that it does not want to wait, and the
 * function returns then. It comes to a call that waits for the lock on another way only.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "pair.h"
#include <stdbool.h>

static __attribute__((noinline)) bool take(pthread_mutex_t *lock, bool waits)
{
	if (pthread_mutex_trylock(lock) == 0) /* @second */
		return true;
	if (!waits)
		return false;
	pthread_mutex_lock(lock);
	return true;
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
	CHECK(take(&a, true));
	if (take(&b, false))
		pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
