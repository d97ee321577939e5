/*
 * The near miss of rwlock_recursive_writer_first.c in the kind: PTHREAD_RWLOCK_PREFER_WRITER_NP
 * lets readers into a read phase like the default kind (glibc; pthread_rwlockattr_setkind_np(3)).
 */
/* EXPECT none */
/* ACQUISITIONS 3 */
#include "scenario.h"

static pthread_rwlock_t a;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_unlock(&a);
	return argument;
}

int main(void)
{
	pthread_rwlockattr_t kind;

	CHECK(pthread_rwlockattr_init(&kind) == 0);
	CHECK(pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NP) == 0);
	CHECK(pthread_rwlock_init(&a, &kind) == 0);
	run_two(one, two);
	CHECK(pthread_rwlock_destroy(&a) == 0);
	pthread_rwlockattr_destroy(&kind);
	return 0;
}
