/*
 * The near miss of wait_holding_barrier.c: the parent gives m back before it comes to the barrier.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t barrier;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
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
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_barrier_wait(&barrier);
	finish(thread);
	return 0;
}
