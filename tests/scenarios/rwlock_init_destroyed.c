/*
 * The near miss of rwlock_init_locked.c: the writer has left, and the lock was destroyed before.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	return argument;
}

int main(void)
{
	finish(start(worker, NULL));
	CHECK(pthread_rwlock_destroy(&lock) == 0);
	CHECK(pthread_rwlock_init(&lock, NULL) == 0);
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	return 0;
}
