/*
 * A near miss of rwlock_try.c: the try is for the first lock, for reading, and succeeds. The lock
 * is then held like any other, and the thread waits for the second one with it.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_wrlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(pthread_rwlock_tryrdlock(&b) == 0);
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
