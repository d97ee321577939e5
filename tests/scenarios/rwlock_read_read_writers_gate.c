/*
 * A near miss of rwlock_read_read_writer_first.c: the writers hold a mutex while they wait, so
 * only one of them waits at a time.
 */
/* EXPECT lock-order discharged read-shared first second */
#include "scenario.h"

static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t a = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static pthread_rwlock_t b = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *three(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&writing);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_mutex_unlock(&writing);
	stage_reach(3);
	return argument;
}

static void *four(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&writing);
	pthread_rwlock_wrlock(&b);
	pthread_rwlock_unlock(&b);
	pthread_mutex_unlock(&writing);
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
