/*
 * A recursive mutex is entered again with another one held: the thread owns it already and does not
 * wait (C11 7.26.4.2, mtx_recursive). The other thread takes the two in the order of the first
 * entry.
 */
/* EXPECT none */
#include "scenario_c11.h"

static mtx_t a, b;

static int one(void *argument)
{
	(void)argument;
	mtx_lock(&a);
	mtx_lock(&b);
	mtx_lock(&a);
	mtx_unlock(&a);
	mtx_unlock(&b);
	mtx_unlock(&a);
	stage_reach(1);
	return 0;
}

static int two(void *argument)
{
	(void)argument;
	stage_await(1);
	mtx_lock(&a);
	mtx_lock(&b);
	mtx_unlock(&b);
	mtx_unlock(&a);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&a, mtx_plain | mtx_recursive) == thrd_success);
	CHECK(mtx_init(&b, mtx_plain) == thrd_success);
	c11_two(one, two);
	return 0;
}
