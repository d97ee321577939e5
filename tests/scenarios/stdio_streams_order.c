/*
 * The near miss of stdio_streams.c: the second side has standard output already when it enters it
 * again inside of the other stream, and that never waits.
 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "scenario.h"

static void *one(void *argument)
{
	flockfile(stdout);
	flockfile(stderr);
	funlockfile(stderr);
	funlockfile(stdout);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	flockfile(stdout);
	flockfile(stderr);
	flockfile(stdout);
	CHECK(ftrylockfile(stdout) == 0);
	funlockfile(stdout);
	funlockfile(stdout);
	funlockfile(stderr);
	funlockfile(stdout);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
