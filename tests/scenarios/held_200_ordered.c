/*
 * A thread holds two hundred mutexes at once, taken in the order of the array, and another takes
 * two of them in the same order.
 */
/* EXPECT none */
/* ACQUISITIONS 202 */
#include "scenario.h"

enum { COUNT = 200 };

static pthread_mutex_t locks[COUNT];

static void *all(void *argument)
{
	for (int i = 0; i < COUNT; i++)
		pthread_mutex_lock(&locks[i]);
	for (int i = 0; i < COUNT; i++)
		pthread_mutex_unlock(&locks[i]);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&locks[0]);
	pthread_mutex_lock(&locks[COUNT - 1]);
	pthread_mutex_unlock(&locks[COUNT - 1]);
	pthread_mutex_unlock(&locks[0]);
	return argument;
}

int main(void)
{
	for (int i = 0; i < COUNT; i++)
		CHECK(pthread_mutex_init(&locks[i], NULL) == 0);
	run_two(all, two);
	return 0;
}
