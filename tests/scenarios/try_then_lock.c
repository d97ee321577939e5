/*
 * Tries b, and waits for it when that fails, with a held all the time: whether the try fails is
 * chance, and the thread then waits like one that never tried (POSIX pthread_mutex_lock). In this
 * run it did not fail.
 */
/* EXPECT lock-order feasible first second */
#include "pair.h"

static long refusals;

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
		refusals++;
		pthread_mutex_lock(&b);
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
