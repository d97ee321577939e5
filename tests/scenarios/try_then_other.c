/*
 * A near miss of try_then_lock.c: when b is taken the thread makes do with c, for which nobody
 * waits with a lock held.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "pair.h"

static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	take_both(&b, &a); /* @first */
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_t *got = &b;

	stage_await(1);
	pthread_mutex_lock(&a);
	if (pthread_mutex_trylock(&b)) { /* @second */
		got = &c;
		pthread_mutex_lock(&c);
	}
	pthread_mutex_unlock(got);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
