/*
 * Another near miss of hang_file_taker_ended.c: a child has the open file, too, by inheritance, and
 * gives its lock back after longer than hang_timeout: "duplicate file descriptors (created by, for
 * example, fork(2) or dup(2)) refer to the same lock" (flock(2)).
 */
/* EXPECT none */
/* PROCESSES 2 */
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
	pid_t child;

	finish(start(taker, NULL));
	child = fork();
	if (child == 0) {
		nap(3500);
		CHECK(flock(taken, LOCK_UN) == 0);
		exit(0);
	}
	finish(start(waiter, NULL));
	return reap(child);
}
