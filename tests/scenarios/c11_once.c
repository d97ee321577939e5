/*
 * once_inversion.c with C11's call_once (7.26.2.1: completion of an effective call synchronises
 * with all subsequent calls, so these wait for it).
 */
/* EXPECT lock-order feasible first second */
/* LOCK once */
#include "scenario_c11.h"

static mtx_t m;
static once_flag once = ONCE_FLAG_INIT;

static void initialise(void)
{
	mtx_lock(&m); /* @first */
	mtx_unlock(&m);
}

static int one(void *argument)
{
	(void)argument;
	call_once(&once, initialise);
	stage_reach(1);
	return 0;
}

static int two(void *argument)
{
	(void)argument;
	stage_await(1);
	mtx_lock(&m);
	call_once(&once, initialise); /* @second */
	mtx_unlock(&m);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	c11_two(one, two);
	return 0;
}
