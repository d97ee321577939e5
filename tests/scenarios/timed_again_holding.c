/*
 * The time for b is over again and again, but a is held until b is there: so it is waited for
 * without a limit, whatever the limit of one call.
 */
/* EXPECT lock-order potential first second */
/* SAYS again and again */
/* ACQUISITIONS 5 */
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
	while (pthread_mutex_timedlock(&b, &past)) /* @first */
		note_refused();
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
