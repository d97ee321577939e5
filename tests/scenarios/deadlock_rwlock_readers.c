/*
 * The near miss of deadlock_rwlock_writers.c: what each of them wants, it wants to read, and what
 * each has, it reads. Readers share (POSIX, pthread_rwlock_rdlock), and there is no writer.
 */
/* EXPECT clean */
#include "hang.h"

static pthread_rwlock_t a = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *argument)
{
	pthread_rwlock_rdlock(&a);
	meet(2);
	pthread_rwlock_rdlock(&b);
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_rwlock_rdlock(&b);
	meet(2);
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
