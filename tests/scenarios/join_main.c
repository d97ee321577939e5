/*
 * The first thread of a process can be joined, too: worker does so with m held, and main takes m
 * before it ends through pthread_exit.
 */
/* EXPECT join-order feasible hold join take */
/* SAYS worker joins main while holding m, which main takes at join_main.c: */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_t first;

static void *worker(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);	   /* @hold */
	pthread_join(first, NULL); /* @join */
	pthread_mutex_unlock(&m);
	exit(0);
	return argument;
}

int main(void)
{
	first = pthread_self();
	CHECK(pthread_detach(start(worker, NULL)) == 0);
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	pthread_exit(NULL);
}
