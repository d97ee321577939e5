/* The near miss of unordered_wait_holding_barrier.c: so few are kept, and the deadlock found. */
/* EXPECT wait-holding potential hold wait need */
/* UNORDERED 0 */
#include "scenario.h"

enum { MEETINGS = 200 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t barrier;

static void *other(void *argument)
{
	for (int i = 0; i < MEETINGS; i++)
		pthread_barrier_wait(&barrier);
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
	thread = start(other, NULL);
	for (int i = 0; i < MEETINGS; i++)
		pthread_barrier_wait(&barrier);
	stage_await(1);
	pthread_mutex_lock(&m);		/* @hold */
	pthread_barrier_wait(&barrier); /* @wait */
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
