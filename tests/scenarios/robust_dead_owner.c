/*
 * The owner of a robust mutex ends without giving it back. The next one to lock it is told
 * EOWNERDEAD, and owns it all the same (POSIX): it makes the mutex consistent and takes x with it.
 * Another thread has x and wants the mutex.
 */
/* EXPECT lock-order feasible first second */
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
	CHECK(pthread_mutex_consistent(&r) == 0);
	pthread_mutex_lock(&x); /* @first */
	pthread_mutex_unlock(&x);
	pthread_mutex_unlock(&r);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&r); /* @second */
	pthread_mutex_unlock(&r);
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
