/*
 * A near miss of join_holding.c: main gives up after a time (pthread_clockjoin_np), and would then
 * give m back: no deadlock, only a delay.
 */
/* EXPECT join-order discharged timed hold join take */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

int main(void)
{
	struct timespec until = far_future(CLOCK_MONOTONIC);
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_mutex_lock(&m);							 /* @hold */
	CHECK(pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &until) == 0); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}
