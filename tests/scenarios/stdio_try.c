/*
 * The near miss of stdio_streams.c: the second side only tries the stream it takes second. A try
 * never waits.
 */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

static void *one(void *argument)
{
	flockfile(stdout);
	flockfile(stderr); /* @first */
	funlockfile(stderr);
	funlockfile(stdout);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	flockfile(stderr);
	if (ftrylockfile(stdout) == 0) /* @second */
		funlockfile(stdout);
	funlockfile(stderr);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
