/*
 * The initialiser joins worker, which calls the same once and so waits for the initialiser to
 * complete (POSIX pthread_once). That ends only because the join gives up after a time.
 */
/* EXPECT join-order discharged timed once join call */
#include "scenario.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_t thread;

static void initialise(void);

static void *worker(void *argument)
{
	turn_await(1);
	pthread_once(&once, initialise); /* @call */
	return argument;
}

static void initialise(void)
{
	struct timespec until = soon(CLOCK_REALTIME, 20);

	turn_pass(1);
	CHECK(pthread_timedjoin_np(thread, NULL, &until) == ETIMEDOUT); /* @join */
}

int main(void)
{
	thread = start(worker, NULL);
	pthread_once(&once, initialise); /* @once */
	finish(thread);
	return 0;
}
