/*
 * A near miss of try_then_lock.c: when the try fails the thread gives a back, waits for b with
 * nothing held, gives it back as well, and begins again. It never waits with one of them.
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
	while (pthread_mutex_trylock(&b)) { /* @second */
		pthread_mutex_unlock(&a);
		pthread_mutex_lock(&b);
		pthread_mutex_unlock(&b);
		pthread_mutex_lock(&a);
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
