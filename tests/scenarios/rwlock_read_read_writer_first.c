/*
 * Two readers take two locks in opposite orders. The locks let writers first
 * (PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP), and there is a writer for each: when each reader
 * has its first lock, and each writer waits for one of them, the readers wait behind the writers
 * for their second locks. Nobody goes on.
 */
/* EXPECT lock-order feasible first second third fourth */
/* THREADS 5 */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static pthread_rwlock_t b = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *three(void *argument)
{
	stage_await(2);
	pthread_rwlock_wrlock(&a); /* @third */
	pthread_rwlock_unlock(&a);
	stage_reach(3);
	return argument;
}

static void *four(void *argument)
{
	stage_await(3);
	pthread_rwlock_wrlock(&b); /* @fourth */
	pthread_rwlock_unlock(&b);
	return argument;
}

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&b);
	pthread_rwlock_rdlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);
	pthread_t fourth = start(four, NULL);

	run_two(one, two);
	finish(third);
	finish(fourth);
	return 0;
}
