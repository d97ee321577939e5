/*
 * A near miss of rwlock_recursive_writer_first.c: the writer has ended before the reader starts.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&a); /* @first */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_rwlock_wrlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	return argument;
}

int main(void)
{
	finish(start(two, NULL));
	finish(start(one, NULL));
	return 0;
}
