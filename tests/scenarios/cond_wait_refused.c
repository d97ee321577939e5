/*
 * The near miss of cond_wait_unlocked.c: the mutex checks for errors. POSIX pthread_cond_wait: it
 * shall fail with EPERM when such a mutex is not owned by the calling thread. That is defined, and
 * this program handles it.
 */
/* EXPECT none */
/* OUTPUT refused */
#include "scenario.h"

static pthread_mutex_t m;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

int main(void)
{
	pthread_mutexattr_t attributes;
	struct timespec until = soon(CLOCK_REALTIME, 1);

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK) == 0);
	CHECK(pthread_mutex_init(&m, &attributes) == 0);
	pthread_mutex_lock(&m);
	CHECK(pthread_cond_timedwait(&changed, &m, &until) == ETIMEDOUT);
	pthread_mutex_unlock(&m);
	if (pthread_cond_wait(&changed, &m) == EPERM)
		puts("refused");
	return 0;
}
