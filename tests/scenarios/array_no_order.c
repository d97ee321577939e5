/*
 * The near miss of array_order.c: the locks are taken as from and to come. Both threads run the
 * same lines; that they wait for each other there takes no second place in the program.
 */
/* EXPECT lock-order feasible wants */
#include "scenario.h"

enum { COUNT = 2 };

static pthread_mutex_t locks[COUNT];
static long balance[COUNT];

__attribute__((noinline)) static void transfer(int from, int to)
{
	pthread_mutex_lock(&locks[from]);
	pthread_mutex_lock(&locks[to]); /* @wants */
	balance[from]--;
	balance[to]++;
	pthread_mutex_unlock(&locks[to]);
	pthread_mutex_unlock(&locks[from]);
}

static void *upwards(void *argument)
{
	transfer(0, 1);
	stage_reach(1);
	return argument;
}

static void *downwards(void *argument)
{
	stage_await(1);
	transfer(1, 0);
	return argument;
}

int main(void)
{
	run_two(upwards, downwards);
	return 0;
}
