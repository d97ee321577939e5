/* The near miss of hang_orphan_reader.c: the reader gives the lock back before it ends. */
/* EXPECT none */
#include "hang.h"

static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;

static void *reader(void *argument)
{
	pthread_rwlock_rdlock(&r);
	pthread_rwlock_unlock(&r);
	return argument;
}

int main(void)
{
	finish(start(reader, NULL));
	pthread_rwlock_rdlock(&r);
	pthread_rwlock_unlock(&r);
	pthread_rwlock_wrlock(&r);
	pthread_rwlock_unlock(&r);
	return 0;
}
