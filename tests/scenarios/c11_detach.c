/*
 * Another near miss of c11_join.c: the first thread is detached, so nothing tells that it had ended
 * when the second was created; a stage does not. The threads can overlap.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
#include "scenario_c11.h"

static mtx_t a, b;

static int one(void *argument)
{
	(void)argument;
	mtx_lock(&a);
	mtx_lock(&b); /* @first */
	mtx_unlock(&b);
	mtx_unlock(&a);
	stage_reach(1);
	return 0;
}

static int two(void *argument)
{
	(void)argument;
	mtx_lock(&b);
	mtx_lock(&a); /* @second */
	mtx_unlock(&a);
	mtx_unlock(&b);
	return 0;
}

int main(void)
{
	thrd_t first;

	CHECK(mtx_init(&a, mtx_plain) == thrd_success && mtx_init(&b, mtx_plain) == thrd_success);
	first = c11_start(one, NULL);
	CHECK(thrd_detach(first) == thrd_success);
	stage_await(1);
	c11_finish(c11_start(two, NULL));
	return 0;
}
