/*
 * One side only tries (C11 7.26.4.5: mtx_trylock does not block), and gets it. It never waits, so
 * there is no circle.
 */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 4 */
#include "scenario_c11.h"

static mtx_t a, b;

static int one(void *argument)
{
	(void)argument;
	mtx_lock(&a);
	CHECK(mtx_trylock(&b) == thrd_success); /* @first */
	mtx_unlock(&b);
	CHECK(mtx_trylock(&a) == thrd_busy);
	mtx_unlock(&a);
	stage_reach(1);
	return 0;
}

static int two(void *argument)
{
	(void)argument;
	stage_await(1);
	mtx_lock(&b);
	mtx_lock(&a); /* @second */
	mtx_unlock(&a);
	mtx_unlock(&b);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&a, mtx_plain) == thrd_success && mtx_init(&b, mtx_plain) == thrd_success);
	c11_two(one, two);
	return 0;
}
