/*
 * The parent comes to a barrier with m, which the worker takes on its way there. This time it was
 * first; if the parent is, neither goes on.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t barrier;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	pthread_barrier_wait(&barrier);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_lock(&m);		/* @hold */
	pthread_barrier_wait(&barrier); /* @wait */
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
