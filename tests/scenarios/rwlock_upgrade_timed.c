/*
 * A reader asks for the write side for a limited time, and spends it waiting for itself.
 */
/* EXPECT rwlock-upgrade misuse cause act */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	struct timespec until = soon(CLOCK_REALTIME, 50);

	pthread_rwlock_rdlock(&lock);				       /* @cause */
	CHECK(pthread_rwlock_timedwrlock(&lock, &until) == ETIMEDOUT); /* @act */
	pthread_rwlock_unlock(&lock);
	return 0;
}
