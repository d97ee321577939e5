/*
 * A thread reads again under a lock that it reads already. The lock is of the kind that lets
 * writers first and does not allow this (PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP): when the
 * other thread waits to write by then, the second read waits for it (glibc's
 * pthread_rwlock_rdlock: a reader does not extend a read phase while a writer waits), and it waits
 * for the first read to end.
 */
/* EXPECT lock-order feasible outer first second */
/* ACQUISITIONS 3 */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a); /* @outer */
	pthread_rwlock_rdlock(&a); /* @first */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
