/*
 * The near miss of try_then_popped.c: when b is taken the thread waits for b, that it took out of
 * the queue, and not for the one that is the first there now.
 */
/* EXPECT lock-order feasible first second */
#include "pair.h"

static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *queue = &b;

static void *one(void *argument)
{
	take_both(&b, &a); /* @first */
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_t *got = queue;

	stage_await(1);
	pthread_mutex_lock(&a);
	queue = &c;
	if (pthread_mutex_trylock(got)) /* @second */
		pthread_mutex_lock(got);
	pthread_mutex_unlock(got);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
