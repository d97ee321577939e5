/*
 * A timed lock that runs out leaves nothing held. The thread wants b for 10 ms in vain, and then
 * takes c without it. If the tool took b for held, it would see b before c, against the c before b
 * of the other thread.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&b);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&c);
	stage_reach(3);
	return argument;
}

static void *two(void *argument)
{
	struct timespec until;

	stage_await(1);
	until = soon(CLOCK_REALTIME, 10);
	CHECK(pthread_mutex_timedlock(&b, &until) == ETIMEDOUT);
	stage_reach(2);
	stage_await(3);
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
