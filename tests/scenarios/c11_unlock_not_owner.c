/* A mutex is unlocked by another thread: C11 7.26.4.6 requires that it be locked by the caller. */
/* EXPECT unlock-not-owner misuse act cause */
#include "scenario_c11.h"

static mtx_t m;

static int worker(void *argument)
{
	(void)argument;
	mtx_lock(&m); /* @cause */
	stage_reach(1);
	stage_await(2);
	return 0;
}

int main(void)
{
	thrd_t thread;

	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	thread = c11_start(worker, NULL);
	stage_await(1);
	mtx_unlock(&m); /* @act */
	stage_reach(2);
	c11_finish(thread);
	return 0;
}
