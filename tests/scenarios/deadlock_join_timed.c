/*
 * The near miss of deadlock_join.c: the join gives up after a time (glibc,
 * pthread_timedjoin_np(3): ETIMEDOUT), the lock is given back, and a second join waits with nothing
 * held.
 */
/* EXPECT clean */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int tid_of_worker;

static void *worker(void *argument)
{
	meet(2);
	tell_tid(&tid_of_worker);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);
	struct timespec until;

	pthread_mutex_lock(&m);
	meet(2);
	await_asleep(&tid_of_worker);
	until = soon(CLOCK_REALTIME, 200);
	CHECK(pthread_timedjoin_np(thread, NULL, &until) == ETIMEDOUT);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
