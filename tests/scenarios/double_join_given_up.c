/*
 * As double_join_together, but whoever else asks for the worker's end only tries, or gives up after
 * a time: it is joined once.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_t worker_thread;

static void *worker(void *argument)
{
	turn_await(1);
	return argument;
}

static void *first(void *argument)
{
	struct timespec until = soon(CLOCK_REALTIME, 500);

	stage_reach(1);
	CHECK(pthread_timedjoin_np(worker_thread, NULL, &until) == ETIMEDOUT);
	return argument;
}

int main(void)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
	pthread_t thread;

	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	worker_thread = start(worker, NULL);
	CHECK(pthread_tryjoin_np(worker_thread, NULL) == EBUSY);
	thread = start(first, NULL);
	stage_await(1);
	finish(thread);
	turn_pass(1);
	finish(worker_thread);
	return 0;
}
