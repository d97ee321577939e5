/*
 * One lock, two threads. A reader reads again under the lock, and in between a writer has come. The
 * lock is of the kind PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP: a reader waits while a writer
 * waits (glibc, pthread_rwlockattr_setkind_np(3)). The writer waits for the first read to end.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed read again write */
#include "hang.h"

static pthread_rwlock_t r = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static int tid_of_writer;

static void *reader(void *argument)
{
	pthread_rwlock_rdlock(&r); /* @read */
	meet(2);
	await_asleep(&tid_of_writer);
	pthread_rwlock_rdlock(&r); /* @again */
	pthread_rwlock_unlock(&r);
	pthread_rwlock_unlock(&r);
	return argument;
}

static void *writer(void *argument)
{
	meet(2);
	tell_tid(&tid_of_writer);
	pthread_rwlock_wrlock(&r); /* @write */
	pthread_rwlock_unlock(&r);
	return argument;
}

int main(void)
{
	run_two(reader, writer);
	return 0;
}
