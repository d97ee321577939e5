/*
 * A lock is unlocked twice.
 */
/* EXPECT unlock-unlocked misuse act */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	pthread_rwlock_wrlock(&lock);
	pthread_rwlock_unlock(&lock);
	pthread_rwlock_unlock(&lock); /* @act */
	return 0;
}
