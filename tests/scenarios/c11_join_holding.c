/*
 * main is in thrd_join with m held, and worker takes m before it ends. C11 7.26.5.6: thrd_join
 * blocks until the other thread has terminated.
 */
/* EXPECT join-order feasible hold join take */
#include "scenario_c11.h"

static mtx_t m;

static int worker(void *argument)
{
	(void)argument;
	mtx_lock(&m); /* @take */
	mtx_unlock(&m);
	stage_reach(1);
	return 0;
}

int main(void)
{
	thrd_t thread;

	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	thread = c11_start(worker, NULL);
	stage_await(1);
	mtx_lock(&m);		 /* @hold */
	thrd_join(thread, NULL); /* @join */
	mtx_unlock(&m);
	return 0;
}
