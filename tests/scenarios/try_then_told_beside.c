/*
 * The near miss of try_then_told.c: when b is taken, who tries it is told of c beside that, and
 * waits for b.
 */
/* EXPECT lock-order feasible first second */
#include "pair.h"
#include <stdbool.h>

static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

APART static bool got_it(pthread_mutex_t *lock, pthread_mutex_t **next)
{
	bool got = pthread_mutex_trylock(lock) == 0; /* @second */

	if (!got)
		*next = &c;
	return got;
}

APART static void find(pthread_mutex_t **found)
{
	*found = &b;
}

static void *one(void *argument)
{
	take_both(&b, &a); /* @first */
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_t *wanted, *next;

	stage_await(1);
	pthread_mutex_lock(&a);
	find(&next);
	wanted = next;
	if (!got_it(wanted, &next))
		pthread_mutex_lock(wanted);
	pthread_mutex_unlock(wanted);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
