/*
 * Two threads are readers of a lock, whose record many others had before. The one takes `other`
 * inside it, then, while it is still a reader, the other one takes `last` inside it. A third thread
 * takes both the other way round, as a writer.
 */
/* EXPECT lock-order feasible first third */
/* EXPECT lock-order feasible second third-too */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t last = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t *lock;

static pthread_rwlock_t *make(void)
{
	pthread_rwlock_t *made = malloc(sizeof(*made));

	CHECK(made && pthread_rwlock_init(made, NULL) == 0);
	return made;
}

static void drop(pthread_rwlock_t *made)
{
	CHECK(pthread_rwlock_destroy(made) == 0);
	free(made);
}

static void *one(void *argument)
{
	pthread_rwlock_rdlock(lock);
	stage_await(1);
	pthread_mutex_lock(&other); /* @first */
	pthread_mutex_unlock(&other);
	stage_reach(2);
	pthread_rwlock_unlock(lock);
	return argument;
}

static void *two(void *argument)
{
	pthread_rwlock_rdlock(lock);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&last); /* @second */
	pthread_mutex_unlock(&last);
	pthread_rwlock_unlock(lock);
	stage_reach(3);
	return argument;
}

static void *three(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&other);
	pthread_rwlock_wrlock(lock); /* @third */
	pthread_rwlock_unlock(lock);
	pthread_mutex_unlock(&other);
	pthread_mutex_lock(&last);
	pthread_rwlock_wrlock(lock); /* @third-too */
	pthread_rwlock_unlock(lock);
	pthread_mutex_unlock(&last);
	return argument;
}

int main(void)
{
	pthread_t third;

	for (int i = 0; i < 1000; i++) {
		pthread_rwlock_t *made = make();

		pthread_rwlock_rdlock(made);
		pthread_rwlock_unlock(made);
		drop(made);
	}
	lock = make();
	third = start(three, NULL);
	run_two(one, two);
	finish(third);
	drop(lock);
	return 0;
}
