/*
 * Two threads take the write sides of two reader-writer locks in opposite orders. A writer waits
 * until the lock is free (POSIX pthread_rwlock_wrlock): each can end up waiting for the other.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
/* ACQUISITIONS 4 */
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
	pthread_rwlock_wrlock(&b);
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
