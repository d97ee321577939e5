/*
 * A reader wants to write what it reads: a writer waits for all readers (POSIX,
 * pthread_rwlock_wrlock), and the reader is one. glibc refuses with EDEADLK only who writes
 * already.
 */
/* HANGS */
/* EXPECT self-deadlock observed read write */
/* EXPECT rwlock-upgrade misuse read write */
#include "hang.h"

static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	pthread_rwlock_rdlock(&r); /* @read */
	pthread_rwlock_wrlock(&r); /* @write */
	pthread_rwlock_unlock(&r);
	pthread_rwlock_unlock(&r);
	return 0;
}
