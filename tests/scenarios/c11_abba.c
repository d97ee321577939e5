/*
 * abba.c with C11 threads. C11 7.26.4.3: mtx_lock blocks until it locks the mutex. Two threads that
 * exist at the same time take two of them in opposite orders.
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
/* THREADS 3 */
/* ACQUISITIONS 4 */
/* LOCK a */
#include "scenario_c11.h"

static mtx_t a, b;

static int one(void *argument)
{
	(void)argument;
	mtx_lock(&a); /* @first-hold */
	mtx_lock(&b); /* @first */
	mtx_unlock(&b);
	mtx_unlock(&a);
	stage_reach(1);
	return 0;
}

static int two(void *argument)
{
	(void)argument;
	stage_await(1);
	mtx_lock(&b); /* @second-hold */
	mtx_lock(&a); /* @second */
	mtx_unlock(&a);
	mtx_unlock(&b);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&a, mtx_plain) == thrd_success && mtx_init(&b, mtx_plain) == thrd_success);
	c11_two(one, two);
	mtx_destroy(&a);
	mtx_destroy(&b);
	return 0;
}
