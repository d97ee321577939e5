/*
 * A recursive mutex taken again by its owner. The second lock counts, it does not wait (POSIX
 * PTHREAD_MUTEX_RECURSIVE): no order between the mutex and itself.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t r = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void *one(void *argument)
{
	for (int depth = 0; depth < 1000; depth++)
		pthread_mutex_lock(&r);
	for (int depth = 0; depth < 1000; depth++)
		pthread_mutex_unlock(&r);
	return argument;
}

int main(void)
{
	run_two(one, one);
	return 0;
}
