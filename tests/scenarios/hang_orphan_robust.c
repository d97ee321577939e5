/*
 * The near miss of hang_orphan.c: the mutex is robust, so the next one gets it and is told that its
 * owner has died (POSIX, EOWNERDEAD).
 */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t m;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	return argument;
}

int main(void)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0);
	CHECK(pthread_mutex_init(&m, &attributes) == 0);
	finish(start(worker, NULL));
	CHECK(pthread_mutex_lock(&m) == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(&m) == 0);
	pthread_mutex_unlock(&m);
	return 0;
}
