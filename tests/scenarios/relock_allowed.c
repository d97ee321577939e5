/*
 * Locking again what one holds: a recursive mutex lets its owner in, an error-checking one refuses
 * with EDEADLK (POSIX, pthread_mutex_lock), a try fails with EBUSY, and a time limit runs out. The
 * program expects each of these.
 */
/* EXPECT none */
#include "scenario.h"

static int lock_twice(int type)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t m;
	int second;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, type);
	CHECK(pthread_mutex_init(&m, &attributes) == 0);
	CHECK(pthread_mutex_lock(&m) == 0);
	second = pthread_mutex_lock(&m);
	if (second == 0)
		pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&m);
	CHECK(pthread_mutex_destroy(&m) == 0);
	return second;
}

int main(void)
{
	static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
	struct timespec until = soon(CLOCK_REALTIME, 10);

	CHECK(lock_twice(PTHREAD_MUTEX_RECURSIVE) == 0);
	CHECK(lock_twice(PTHREAD_MUTEX_ERRORCHECK) == EDEADLK);
	pthread_mutex_lock(&m);
	CHECK(pthread_mutex_trylock(&m) == EBUSY);
	CHECK(pthread_mutex_timedlock(&m, &until) == ETIMEDOUT);
	pthread_mutex_unlock(&m);
	return 0;
}
