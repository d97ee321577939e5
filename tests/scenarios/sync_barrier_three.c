/*
 * As sync_barrier, with a third thread, and for three.
 */
/* EXPECT lock-order discharged sync-order first second */
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

static void *other(void *argument)
{
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
	pthread_t others[1];

	CHECK(pthread_barrier_init(&barrier, NULL, 3) == 0);
	for (int i = 0; i < 1; i++)
		others[i] = start(other, NULL);
	run_two(one, two);
	for (int i = 0; i < 1; i++)
		finish(others[i]);
	return 0;
}
