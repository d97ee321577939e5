/*
 * Like wait_holding_barrier.c, in the second of three rounds.
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t barrier;

static void *worker(void *argument)
{
	pthread_barrier_wait(&barrier);
	pthread_mutex_lock(&m); /* @need */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	thread = start(worker, NULL);
	pthread_barrier_wait(&barrier);
	stage_await(1);
	pthread_mutex_lock(&m);		/* @hold */
	pthread_barrier_wait(&barrier); /* @wait */
	pthread_mutex_unlock(&m);
	pthread_barrier_wait(&barrier);
	finish(thread);
	return 0;
}
