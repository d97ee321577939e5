/*
 * POSIX, funlockfile: "The behavior is undefined if a thread other than the current owner calls the
 * funlockfile() function." glibc lets the lock go, and what the worker writes in one piece is torn.
 */
/* EXPECT unlock-not-owner misuse act cause */
/* EXPECT unlock-unlocked misuse again */
/* LOCK stdout */
#include "scenario.h"

static void *worker(void *argument)
{
	flockfile(stdout); /* @cause */
	stage_reach(1);
	turn_await(1);
	funlockfile(stdout); /* @again */
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	funlockfile(stdout); /* @act */
	turn_pass(1);
	finish(thread);
	return 0;
}
