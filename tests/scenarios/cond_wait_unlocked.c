/*
 * A thread waits with a mutex that it has not locked. POSIX pthread_cond_wait: the application
 * shall ensure that it is called with mutex locked by the calling thread; otherwise the behaviour
 * is undefined. (glibc waits, and takes the mutex at the end.)
 */
/* EXPECT cond-wait-unlocked misuse act */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

int main(void)
{
	struct timespec until = soon(CLOCK_REALTIME, 1);

	CHECK(pthread_cond_timedwait(&changed, &m, &until) == ETIMEDOUT); /* @act */
	pthread_mutex_unlock(&m);
	return 0;
}
