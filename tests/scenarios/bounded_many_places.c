/*
 * The mutex is taken inside `other` at ten places, all of them in a life on a
 * record that others had before, and then outside of it by another thread.
 */
/* EXPECT lock-order feasible second */
#include "made_inside.h"

static void take_outside(void)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other); /* @second */
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

static void *one(void *argument)
{
	TEN_TIMES(take_inside(m));
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	take_outside();
	return argument;
}

int main(void)
{
	run_made(one, two);
	return 0;
}
