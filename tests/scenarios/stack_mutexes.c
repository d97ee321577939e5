/*
 * The mutexes lie on the stack of the main thread, which outlives the threads that use them. It has
 * handed them to both, so neither made what it takes first.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

struct locks {
	pthread_mutex_t a, b;
};

static void *one(void *argument)
{
	struct locks *locks = argument;

	pthread_mutex_lock(&locks->a);
	pthread_mutex_lock(&locks->b); /* @first */
	pthread_mutex_unlock(&locks->b);
	pthread_mutex_unlock(&locks->a);
	stage_reach(1);
	return NULL;
}

static void *two(void *argument)
{
	struct locks *locks = argument;

	stage_await(1);
	pthread_mutex_lock(&locks->b);
	pthread_mutex_lock(&locks->a); /* @second */
	pthread_mutex_unlock(&locks->a);
	pthread_mutex_unlock(&locks->b);
	return NULL;
}

int main(void)
{
	struct locks locks = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};
	pthread_t first = start(one, &locks);
	pthread_t second = start(two, &locks);

	finish(first);
	finish(second);
	return 0;
}
