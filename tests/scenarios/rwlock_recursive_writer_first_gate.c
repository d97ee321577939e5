/*
 * A near miss of rwlock_recursive_writer_first.c: reader and writer hold a mutex around it, so the
 * writer cannot wait between the two reads.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t a = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_mutex_lock(&gate);
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&a); /* @first */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_mutex_unlock(&gate);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&gate);
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_mutex_unlock(&gate);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
