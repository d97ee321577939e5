/*
 * Two read locks of one lock by one thread are two holds: after one unlock the thread still holds
 * the lock, and waits for x with it.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 5 */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t x = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_wrlock(&x); /* @first */
	pthread_rwlock_unlock(&x);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_wrlock(&x);
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&x);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
