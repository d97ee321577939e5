/*
 * Accounts in an array, money in all directions, but whoever needs two locks takes the one with
 * the lower address first. That is one order for all pairs.
 */
/* EXPECT none */
#include "scenario.h"

enum { COUNT = 4 };

static pthread_mutex_t locks[COUNT];
static long balance[COUNT];

static void transfer(int from, int to)
{
	int low = from < to ? from : to;
	int high = from < to ? to : from;

	pthread_mutex_lock(&locks[low]);
	pthread_mutex_lock(&locks[high]);
	balance[from]--;
	balance[to]++;
	pthread_mutex_unlock(&locks[high]);
	pthread_mutex_unlock(&locks[low]);
}

static void *upwards(void *argument)
{
	for (int i = 0; i + 1 < COUNT; i++)
		transfer(i, i + 1);
	return argument;
}

static void *downwards(void *argument)
{
	for (int i = COUNT - 1; i > 0; i--)
		transfer(i, i - 1);
	return argument;
}

int main(void)
{
	run_two(upwards, downwards);
	return 0;
}
