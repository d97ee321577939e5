/*
 * bounded_writer_first.c, but no lock that is read twice by one thread is ever written by the
 * other: it writes the last of the locks made there, which nobody reads.
 */
/* EXPECT clean */
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
	for (int i = 0; i <= 20; i++) {
		lock = make();
		if (i == 20) {
			turn_pass(1);
			turn_await(2);
		} else {
			pthread_rwlock_rdlock(lock);
			pthread_rwlock_rdlock(lock);
			pthread_rwlock_unlock(lock);
			pthread_rwlock_unlock(lock);
		}
		drop(lock);
	}
	return argument;
}

static void *two(void *argument)
{
	turn_await(1);
	pthread_rwlock_wrlock(lock);
	pthread_rwlock_unlock(lock);
	turn_pass(2);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
