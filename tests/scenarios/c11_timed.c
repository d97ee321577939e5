/*
 * One side waits for a bounded time only (C11 7.26.4.4), so the circle dissolves: it gives up when
 * the time is over. A wait that ran out acquired nothing.
 */
/* EXPECT lock-order discharged timed first second */
/* ACQUISITIONS 5 */
#include "scenario_c11.h"

static mtx_t a, b;

static int one(void *argument)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	(void)argument;
	mtx_lock(&a);
	CHECK(mtx_timedlock(&b, &until) == thrd_success); /* @first */
	mtx_unlock(&b);
	mtx_unlock(&a);
	stage_reach(1);
	return 0;
}

static int late(void *argument)
{
	struct timespec until = soon(CLOCK_REALTIME, 1);

	(void)argument;
	CHECK(mtx_timedlock(&a, &until) == thrd_timedout);
	return 0;
}

static int two(void *argument)
{
	(void)argument;
	stage_await(1);
	mtx_lock(&b);
	mtx_lock(&a); /* @second */
	c11_finish(c11_start(late, NULL));
	mtx_unlock(&a);
	mtx_unlock(&b);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&a, mtx_timed) == thrd_success && mtx_init(&b, mtx_timed) == thrd_success);
	mtx_lock(&a);
	mtx_unlock(&a);
	c11_two(one, two);
	return 0;
}
