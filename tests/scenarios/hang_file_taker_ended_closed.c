/*
 * The near miss of hang_file_taker_ended.c: the main thread closes the open file, after longer than
 * hang_timeout. "The lock is released either by an explicit LOCK_UN operation [...] or when all
 * such file descriptors have been closed" (flock(2)).
 */
/* EXPECT none */
#include "file_scenario.h"
#include "hang.h"

static int taken;

static void *taker(void *argument)
{
	taken = open_file("data");
	CHECK(flock(taken, LOCK_EX) == 0);
	return argument;
}

static void *waiter(void *argument)
{
	CHECK(flock(open_file("data"), LOCK_EX) == 0);
	return argument;
}

int main(void)
{
	pthread_t thread;

	finish(start(taker, NULL));
	thread = start(waiter, NULL);
	nap(3500);
	close(taken);
	finish(thread);
	return 0;
}
