/*
 * A circle through three families: a mutex holder wants to write under a reader-writer lock, whose
 * reader wants a spin lock, whose holder wants the mutex.
 */
/* EXPECT lock-order feasible first second third */
/* ACQUISITIONS 6 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t s;

static void *three(void *argument)
{
	stage_await(2);
	pthread_spin_lock(&s);
	pthread_mutex_lock(&m); /* @third */
	pthread_mutex_unlock(&m);
	pthread_spin_unlock(&s);
	return argument;
}

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_rwlock_wrlock(&r); /* @first */
	pthread_rwlock_unlock(&r);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&r);
	pthread_spin_lock(&s); /* @second */
	pthread_spin_unlock(&s);
	pthread_rwlock_unlock(&r);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t third;

	CHECK(pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE) == 0);
	third = start(three, NULL);
	run_two(one, two);
	finish(third);
	return 0;
}
