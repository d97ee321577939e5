/*
 * The near miss of deadlock_rwlock_again.c in the kind of the lock: with the default kind a reader
 * comes in although a writer waits (glibc, pthread_rwlockattr_setkind_np(3):
 * PTHREAD_RWLOCK_PREFER_READER_NP).
 */
/* EXPECT none */
#include "hang.h"

static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;
static int tid_of_writer;

static void *reader(void *argument)
{
	pthread_rwlock_rdlock(&r);
	meet(2);
	await_asleep(&tid_of_writer);
	pthread_rwlock_rdlock(&r);
	pthread_rwlock_unlock(&r);
	pthread_rwlock_unlock(&r);
	return argument;
}

static void *writer(void *argument)
{
	meet(2);
	tell_tid(&tid_of_writer);
	pthread_rwlock_wrlock(&r);
	pthread_rwlock_unlock(&r);
	return argument;
}

int main(void)
{
	run_two(reader, writer);
	return 0;
}
