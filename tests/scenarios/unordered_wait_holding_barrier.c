/*
 * Two threads meet at a barrier 300 times, and once more while the parent holds m. The other one
 * takes m before that. Had the parent had m first, neither would have gone on: but no more than 256
 * meetings of a thread are kept, so it is not found, and is counted.
 */
/* EXPECT none */
/* UNORDERED =1 */
#include "scenario.h"

enum { MEETINGS = 300 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t barrier;

static void *other(void *argument)
{
	for (int i = 0; i < MEETINGS; i++)
		pthread_barrier_wait(&barrier);
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
	thread = start(other, NULL);
	for (int i = 0; i < MEETINGS; i++)
		pthread_barrier_wait(&barrier);
	stage_await(1);
	pthread_mutex_lock(&m);
	pthread_barrier_wait(&barrier);
	pthread_mutex_unlock(&m);
	finish(thread);
	return 0;
}
