/*
 * rwlock_recursive_writer_first.c with a lock whose record many others had before. Its writer holds
 * nothing else, and comes before any reader reads twice.
 */
/* EXPECT lock-order potential outer first second */
#include "scenario.h"

static pthread_rwlock_t *lock;

static pthread_rwlock_t *make(void)
{
	pthread_rwlock_t *made = malloc(sizeof(*made));
	pthread_rwlockattr_t kind;

	CHECK(made && pthread_rwlockattr_init(&kind) == 0);
	pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	CHECK(pthread_rwlock_init(made, &kind) == 0);
	return made;
}

static void drop(pthread_rwlock_t *made)
{
	CHECK(pthread_rwlock_destroy(made) == 0);
	free(made);
}

static void *one(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(lock); /* @outer */
	pthread_rwlock_rdlock(lock); /* @first */
	pthread_rwlock_unlock(lock);
	pthread_rwlock_unlock(lock);
	return argument;
}

static void *two(void *argument)
{
	pthread_rwlock_wrlock(lock); /* @second */
	pthread_rwlock_unlock(lock);
	stage_reach(1);
	return argument;
}

int main(void)
{
	for (int i = 0; i <= 20; i++) {
		lock = make();
		if (i == 20) {
			run_two(one, two);
		} else {
			pthread_rwlock_wrlock(lock);
			pthread_rwlock_unlock(lock);
		}
		drop(lock);
	}
	return 0;
}
