/*
 * Tries b a few times, and then waits for it (an adaptive lock): a request like any other, and for
 * the wait at the end, not for the tries.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 5 */
#include "pair.h"

static int waiter;

/* Has b until the other side waits for it. */
static void *one(void *argument)
{
	pthread_mutex_lock(&b);
	stage_reach(1);
	stage_await(2);
	await_blocked(waiter);
	pthread_mutex_unlock(&b);
	stage_await(3);
	take_both(&b, &a); /* @second */
	return argument;
}

static void *two(void *argument)
{
	int left = 10;

	stage_await(1);
	pthread_mutex_lock(&a);
	while (left > 0 && pthread_mutex_trylock(&b))
		left--;
	CHECK(left == 0);
	waiter = gettid();
	stage_reach(2);
	pthread_mutex_lock(&b); /* @first */
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
