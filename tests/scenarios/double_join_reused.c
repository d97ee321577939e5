/*
 * Threads one after the other, each joined once: glibc gives a new one the handle of one that was
 * joined. A join that ran out of time is not the last one, and a thread may detach itself.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *waiter(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_await(1);
	return argument;
}

static void *detached(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(pthread_detach(pthread_self()) == 0);
	stage_reach(2);
	return argument;
}

int main(void)
{
	struct timespec until = soon(CLOCK_REALTIME, 10);
	pthread_t thread;

	for (int i = 0; i < 20; i++)
		finish(start(worker, NULL));
	thread = start(waiter, NULL);
	CHECK(pthread_timedjoin_np(thread, NULL, &until) == ETIMEDOUT);
	CHECK(pthread_tryjoin_np(thread, NULL) == EBUSY);
	stage_reach(1);
	finish(thread);
	start(detached, NULL);
	stage_await(2);
	finish(start(worker, NULL));
	return 0;
}
