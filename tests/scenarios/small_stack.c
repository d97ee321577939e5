/*
 * The inversion, in threads whose stack is the smallest there is: 16 KiB (PTHREAD_STACK_MIN), from
 * which the thread-local storage of all libraries goes off.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static pthread_t start_small(void *(*routine)(void *))
{
	pthread_attr_t attributes;
	pthread_t thread;

	CHECK(pthread_attr_init(&attributes) == 0);
	CHECK(pthread_attr_setstacksize(&attributes, 16384) == 0);
	CHECK(pthread_create(&thread, &attributes, routine, NULL) == 0);
	pthread_attr_destroy(&attributes);
	return thread;
}

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_t first = start_small(one);
	pthread_t second = start_small(two);

	finish(first);
	finish(second);
	return 0;
}
