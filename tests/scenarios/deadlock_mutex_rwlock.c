/*
 * Two families: a reader wants a mutex whose owner wants to write. A writer waits until every
 * reader has given the lock back (POSIX, pthread_rwlock_wrlock).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed own write read want */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;

static void *writer(void *argument)
{
	pthread_mutex_lock(&m); /* @own */
	meet(2);
	pthread_rwlock_wrlock(&r); /* @write */
	pthread_rwlock_unlock(&r);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *reader(void *argument)
{
	pthread_rwlock_rdlock(&r); /* @read */
	meet(2);
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
	pthread_rwlock_unlock(&r);
	return argument;
}

int main(void)
{
	run_two(writer, reader);
	return 0;
}
