/*
 * An error-checking mutex is unlocked twice, and so is a recursive one, and one with priority
 * inheritance: the second unlock of each is refused with EPERM (the former two by POSIX, the latter
 * by glibc), which the program expects.
 */
/* EXPECT none */
#include "scenario.h"

static void unlock_twice(int type, int protocol)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t m;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, type);
	pthread_mutexattr_setprotocol(&attributes, protocol);
	CHECK(pthread_mutex_init(&m, &attributes) == 0);
	CHECK(pthread_mutex_lock(&m) == 0);
	CHECK(pthread_mutex_unlock(&m) == 0);
	CHECK(pthread_mutex_unlock(&m) == EPERM);
	CHECK(pthread_mutex_destroy(&m) == 0);
}

int main(void)
{
	unlock_twice(PTHREAD_MUTEX_ERRORCHECK, PTHREAD_PRIO_NONE);
	unlock_twice(PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_NONE);
	unlock_twice(PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT);
	return 0;
}
