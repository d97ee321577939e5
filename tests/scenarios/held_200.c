/*
 * The near miss of held_200_ordered.c: the other thread takes the last lock of the array and then
 * the first. When the first thread has come as far as the last but one, they wait for each other.
 */
/* EXPECT lock-order feasible first second */
/* ALLOW discharged */
/* ACQUISITIONS 202 */
#include "scenario.h"

enum { COUNT = 200 };

static pthread_mutex_t locks[COUNT];

static void *all(void *argument)
{
	for (int i = 0; i < COUNT; i++)
		pthread_mutex_lock(&locks[i]); /* @first */
	for (int i = 0; i < COUNT; i++)
		pthread_mutex_unlock(&locks[i]);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&locks[COUNT - 1]);
	pthread_mutex_lock(&locks[0]); /* @second */
	pthread_mutex_unlock(&locks[0]);
	pthread_mutex_unlock(&locks[COUNT - 1]);
	return argument;
}

int main(void)
{
	for (int i = 0; i < COUNT; i++)
		CHECK(pthread_mutex_init(&locks[i], NULL) == 0);
	run_two(all, two);
	return 0;
}
