/*
 * The near miss of rwlock_relock.c: it only tries, and is told that the lock is taken.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	pthread_rwlock_wrlock(&lock);
	CHECK(pthread_rwlock_trywrlock(&lock) == EBUSY);
	CHECK(pthread_rwlock_tryrdlock(&lock) == EBUSY);
	pthread_rwlock_unlock(&lock);
	return 0;
}
