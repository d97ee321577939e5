/*
 * A near miss of rwlock_read_read_writer_first.c: only one of the locks has a writer. The reader
 * of the other one goes on, and gives back what the writer waits for.
 */
/* EXPECT lock-order discharged read-shared first second */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static pthread_rwlock_t b = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *three(void *argument)
{
	stage_await(2);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_unlock(&a);
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

	run_two(one, two);
	finish(third);
	return 0;
}
