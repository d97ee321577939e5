/*
 * The near miss of try_again_holding.c: a is given back before b is tried again, so who has b and
 * wants a gets it.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "try_again.h"

static void *one(void *argument)
{
	refuse();
	take_both(&b, &a); /* @second */
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	while (pthread_mutex_trylock(&b)) { /* @first */
		pthread_mutex_unlock(&a);
		note_refused();
		pthread_mutex_lock(&a);
	}
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(3);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
