/*
 * The near miss of deadlock_waitpid.c: the child gives up after a time, of more than hang_timeout
 * (pthread_mutex_timedlock, ETIMEDOUT).
 */
/* EXPECT blocking-under-lock misuse await own */
/* PROCESSES 2 */
#include "hang.h"
#include "shared_pair.h"

static void take(void)
{
	struct timespec until = soon(CLOCK_REALTIME, 3500);

	CHECK(pthread_mutex_timedlock(&shared->a, &until) == ETIMEDOUT);
}

int main(void)
{
	make_shared();
	pthread_mutex_lock(&shared->a); /* @own */
	CHECK(reap(run(take)) == 0);	/* @await */
	pthread_mutex_unlock(&shared->a);
	return 0;
}
