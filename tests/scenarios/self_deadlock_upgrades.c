/*
 * Two readers want to write what they read. A writer waits for all readers (POSIX,
 * pthread_rwlock_wrlock), and glibc looks for the caller among the writers only: each waits for its
 * own read to end, and would without the other. One place, one mistake.
 */
/* HANGS */
/* EXPECT self-deadlock observed read write */
/* EXPECT rwlock-upgrade misuse read write */
#include "hang.h"

static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;

static void *update(void *argument)
{
	pthread_rwlock_rdlock(&r); /* @read */
	meet(2);
	pthread_rwlock_wrlock(&r); /* @write */
	pthread_rwlock_unlock(&r);
	pthread_rwlock_unlock(&r);
	return argument;
}

int main(void)
{
	run_two(update, update);
	return 0;
}
