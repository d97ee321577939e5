/*
 * The near miss of reuse_static.c: between the two orders another mutex is destroyed and
 * initialised again. The one in question lives on, and is one lock in both orders.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;

static pthread_mutex_t unrelated = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_lock(&other); /* @first */
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(&m);
	CHECK(pthread_mutex_destroy(&unrelated) == 0);
	CHECK(pthread_mutex_init(&unrelated, NULL) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(&m); /* @second */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&other);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
