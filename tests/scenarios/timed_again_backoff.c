/*
 * The near miss of timed_again_holding.c: a is given back when the time is over.
 */
/* EXPECT lock-order discharged timed first second */
#include "try_again.h"

static void *one(void *argument)
{
	refuse();
	take_both(&b, &a); /* @second */
	return argument;
}

static void *two(void *argument)
{
	const struct timespec past = {0};

	stage_await(1);
	pthread_mutex_lock(&a);
	while (pthread_mutex_timedlock(&b, &past)) { /* @first */
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
