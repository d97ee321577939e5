/*
 * Thread one takes a, b before the barrier, thread two takes b, a after it: POSIX lets no thread
 * leave before as many have come as the barrier is for, and these are all that ever come.
 */
/* EXPECT lock-order discharged sync-order first second */
/* SAYS pthread_barrier_wait at sync_barrier.c: */
#include "scenario.h"

static pthread_barrier_t barrier;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *one(void *argument)
{
	take_ab();
	pthread_barrier_wait(&barrier);
	return argument;
}

static void *two(void *argument)
{
	pthread_barrier_wait(&barrier);
	take_ba();
	return argument;
}

int main(void)
{
	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	run_two(one, two);
	return 0;
}
