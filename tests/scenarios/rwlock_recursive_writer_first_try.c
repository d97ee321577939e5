/*
 * A near miss of rwlock_recursive_writer_first.c: the writer only tries, and so never waits in
 * between.
 */
/* EXPECT lock-order discharged read-shared first */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&a); /* @first */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(pthread_rwlock_trywrlock(&a) == 0);
	pthread_rwlock_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
