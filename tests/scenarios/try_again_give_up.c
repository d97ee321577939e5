/*
 * The near miss of try_again_holding.c: tries b ten times, and then goes on without it. That takes
 * its time, but ends.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "try_again.h"

/* Has b until the other side has given up once. */
static void *one(void *argument)
{
	refuse();
	stage_await(4);
	take_both(&b, &a); /* @second */
	return argument;
}

static void ask(void)
{
	int left = 10;

	pthread_mutex_lock(&a);
	while (left > 0 && pthread_mutex_trylock(&b)) /* @first */
		left--;
	if (left > 0)
		pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *two(void *argument)
{
	stage_await(1);
	ask();
	stage_reach(2);
	stage_await(3);
	ask();
	stage_reach(4);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
