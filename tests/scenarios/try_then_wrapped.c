/*
 * try_then_lock.c in the way of allocators: the function that tries returns whether it got the
 * lock, its caller goes on to another one that tries some more times, and waits in the end.
 */
/* EXPECT lock-order feasible first second */
#include "pair.h"
#include <stdbool.h>

static __attribute__((noinline)) bool got(pthread_mutex_t *lock)
{
	return pthread_mutex_trylock(lock) == 0; /* @second */
}

static __attribute__((noinline)) void take_slowly(pthread_mutex_t *lock)
{
	for (int i = 0; i < 250; i++)
		if (got(lock))
			return;
	pthread_mutex_lock(lock);
}

static __attribute__((noinline)) void take(pthread_mutex_t *lock)
{
	if (!got(lock))
		take_slowly(lock);
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
	take(&a);
	take(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
