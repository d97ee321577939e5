/*
 * main joins worker with m held, and worker takes m before it ends. pthread_join returns when the
 * thread has terminated (POSIX); if worker comes to its lock only after main has it, each waits for
 * the other. Nothing orders the two: that worker was done with m in this run is chance.
 */
/* EXPECT join-order feasible hold join take */
/* SAYS main joins worker while holding m, which worker takes at join_holding.c: */
/* LOCK thread worker */
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
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	pthread_mutex_lock(&m);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}
