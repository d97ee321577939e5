/*
 * A near miss of robust_dead_owner.c: who was told EOWNERDEAD gives the mutex back without making
 * it consistent. Whoever locks it after that is told ENOTRECOVERABLE, and does not own it: x is
 * taken with nothing held. The thread that has x is told the same.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t r;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static void *die(void *argument)
{
	pthread_mutex_lock(&r);
	return argument;
}

static void *one(void *argument)
{
	CHECK(pthread_mutex_lock(&r) == EOWNERDEAD);
	pthread_mutex_unlock(&r);
	CHECK(pthread_mutex_lock(&r) == ENOTRECOVERABLE);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	while (__atomic_load_n(&stage_reached, __ATOMIC_ACQUIRE) < 1)
		usleep(1000);
	pthread_mutex_lock(&x);
	CHECK(pthread_mutex_lock(&r) == ENOTRECOVERABLE);
	pthread_mutex_unlock(&x);
	return argument;
}

int main(void)
{
	pthread_mutexattr_t robust;

	CHECK(pthread_mutexattr_init(&robust) == 0);
	CHECK(pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST) == 0);
	CHECK(pthread_mutex_init(&r, &robust) == 0);
	finish(start(die, NULL));
	run_two(one, two);
	return 0;
}
