/*
 * The near miss of c11_condition.c: everybody takes outer before m. At the ends of both waits, the
 * timed one that runs out included, m is taken again below outer: one order.
 */
/* EXPECT none */
#include "scenario_c11.h"

static mtx_t outer, m;
static cnd_t changed;
static int ready;

static int one(void *argument)
{
	(void)argument;
	mtx_lock(&outer);
	mtx_lock(&m);
	mtx_unlock(&m);
	mtx_unlock(&outer);
	stage_reach(1);
	return 0;
}

static int two(void *argument)
{
	struct timespec until = soon(CLOCK_REALTIME, 1), never = {0, -1};

	(void)argument;
	stage_await(1);
	mtx_lock(&outer);
	mtx_lock(&m);
	CHECK(cnd_timedwait(&changed, &m, &never) == thrd_error);
	CHECK(cnd_timedwait(&changed, &m, &until) == thrd_timedout);
	stage_reach(2);
	while (!ready)
		cnd_wait(&changed, &m);
	mtx_unlock(&m);
	mtx_unlock(&outer);
	return 0;
}

static int three(void *argument)
{
	(void)argument;
	stage_await(2);
	mtx_lock(&m);
	ready = 1;
	cnd_signal(&changed);
	mtx_unlock(&m);
	return 0;
}

int main(void)
{
	thrd_t third;

	CHECK(mtx_init(&outer, mtx_plain) == thrd_success);
	CHECK(mtx_init(&m, mtx_plain) == thrd_success && cnd_init(&changed) == thrd_success);
	third = c11_start(three, NULL);
	c11_two(one, two);
	c11_finish(third);
	cnd_destroy(&changed);
	return 0;
}
