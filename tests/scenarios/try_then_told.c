/*
 * When b is taken, who tries it is told to wait for c instead, where it has b's address: nobody
 * waits with c held.
 */
/* EXPECT lock-order discharged try-lock first second */
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
	pthread_mutex_t *wanted;

	stage_await(1);
	pthread_mutex_lock(&a);
	find(&wanted);
	if (!got_it(wanted, &wanted))
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
