/*
 * A reader asks for the write side of the lock that it reads: it waits for all readers to leave,
 * of whom it is one (POSIX pthread_rwlock_wrlock: the calling thread may deadlock). Another thread
 * ends the program when it sees the writer (bit 1 of __data.__readers of glibc's reader-writer
 * locks).
 */
/* EXPECT rwlock-upgrade misuse cause act */
/* EXPECT self-deadlock observed cause act */
/* EXIT 3 */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *watcher(void *argument)
{
	while (!(__atomic_load_n(&lock.__data.__readers, __ATOMIC_RELAXED) & 2))
		usleep(1000);
	_exit(3);
	return argument;
}

int main(void)
{
	start(watcher, NULL);
	pthread_rwlock_rdlock(&lock); /* @cause */
	pthread_rwlock_wrlock(&lock); /* @act */
	return 0;
}
