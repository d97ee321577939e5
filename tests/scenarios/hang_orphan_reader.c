/*
 * A reader has ended and not given the lock back; a writer waits until every reader has (POSIX,
 * pthread_rwlock_wrlock). A second reader still comes in.
 */
/* HANGS */
/* EXPECT hang observed want */
/* EXPECT exit-holding misuse cause */
#include "hang.h"

static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;

static void *reader(void *argument)
{
	pthread_rwlock_rdlock(&r); /* @cause */
	if (!argument)
		return NULL;
	pthread_rwlock_unlock(&r);
	return argument;
}

int main(void)
{
	finish(start(reader, NULL));
	pthread_rwlock_rdlock(&r);
	pthread_rwlock_unlock(&r);
	pthread_rwlock_wrlock(&r); /* @want */
	pthread_rwlock_unlock(&r);
	return 0;
}
