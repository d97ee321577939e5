/*
 * The near miss of rwlock_read_write.c: both only read. Readers of a lock of the default kind do
 * not wait for readers, even when a writer waits (glibc's pthread_rwlock_rdlock: a reader joins a
 * read phase at once). The writers that are here as well hold nothing, so nobody waits for them
 * for ever.
 */
/* EXPECT lock-order discharged read-shared first second */
/* ACQUISITIONS 6 */
#include "scenario.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_wrlock(&b);
	pthread_rwlock_unlock(&b);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&b);
	pthread_rwlock_rdlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
