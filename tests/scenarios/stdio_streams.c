/*
 * Two threads lock two streams in opposite orders. flockfile waits until the stream is free
 * (POSIX), so each can wait for the other. A stream's lock is recursive: what goes to it meanwhile
 * enters it again and changes nothing.
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
/* OUTPUT one */
/* OUTPUT two */
/* ACQUISITIONS 4 */
#include "scenario.h"

static void *one(void *argument)
{
	flockfile(stdout); /* @first-hold */
	flockfile(stdout);
	puts("one");
	funlockfile(stdout);
	flockfile(stderr); /* @first */
	funlockfile(stderr);
	funlockfile(stdout);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	flockfile(stderr); /* @second-hold */
	flockfile(stdout); /* @second */
	puts("two");
	funlockfile(stdout);
	funlockfile(stderr);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
