/*
 * A thread locks a mutex again that is not recursive: C11 7.26.4.3 requires that it be not locked
 * by the calling thread. It waits for itself for ever; another thread ends the program.
 */
/* EXPECT relock misuse act */
/* EXPECT self-deadlock observed act */
#include "scenario_c11.h"

static mtx_t m;
static int stuck;

static int rescue(void *argument)
{
	(void)argument;
	stage_await(1);
	await_blocked(stuck);
	exit(0);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	c11_start(rescue, NULL);
	stuck = gettid();
	mtx_lock(&m);
	stage_reach(1);
	mtx_lock(&m); /* @act */
	return 1;
}
