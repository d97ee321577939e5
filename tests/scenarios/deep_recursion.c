/*
 * The locks are taken ten thousand calls deep. No report shows so deep a stack, but the innermost
 * lines are there.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static int descend(int depth, void (*work)(void))
{
	int deeper = 0;

	if (depth > 0)
		deeper = descend(depth - 1, work) + 1;
	else
		work();
	return deeper;
}

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *one(void *argument)
{
	CHECK(descend(10000, take_ab) == 10000);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(descend(10000, take_ba) == 10000);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
