/*
 * Reader-writer locks in opposite orders, in threads whose stack is the smallest there is: 16 KiB
 * (PTHREAD_STACK_MIN).
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

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
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_wrlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&b);
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
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
