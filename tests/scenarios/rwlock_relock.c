/*
 * A writer takes the write side again, with a time limit. glibc refuses it (EDEADLK); POSIX allows
 * it to wait.
 */
/* EXPECT relock misuse cause act */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	pthread_rwlock_wrlock(&lock);				     /* @cause */
	CHECK(pthread_rwlock_timedwrlock(&lock, &until) == EDEADLK); /* @act */
	pthread_rwlock_unlock(&lock);
	return 0;
}
