/*
 * The near miss of try_then_lock.c: when the try fails the thread gives a back before it waits for
 * b. Who has b and wants a gets it then.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "pair.h"

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
	if (pthread_mutex_trylock(&b)) { /* @second */
		pthread_mutex_unlock(&a);
		pthread_mutex_lock(&b);
		CHECK(pthread_mutex_trylock(&a) == 0);
	}
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
