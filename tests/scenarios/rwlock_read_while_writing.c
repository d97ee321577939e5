/*
 * A writer asks for the read side of the lock that it writes under. glibc refuses it (EDEADLK);
 * POSIX allows it to wait for ever.
 */
/* EXPECT rwlock-upgrade misuse cause act */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	pthread_rwlock_wrlock(&lock);			/* @cause */
	CHECK(pthread_rwlock_rdlock(&lock) == EDEADLK); /* @act */
	pthread_rwlock_unlock(&lock);
	return 0;
}
