/* The near miss of c11_deadlock.c: one side gives up (C11 7.26.4.4: thrd_timedout). */
/* EXPECT clean */
#include "hang.h"
#include "scenario_c11.h"

static mtx_t a, b;

static int one(void *argument)
{
	(void)argument;
	mtx_lock(&a);
	meet(2);
	mtx_lock(&b);
	mtx_unlock(&b);
	mtx_unlock(&a);
	return 0;
}

static int two(void *argument)
{
	struct timespec until;

	(void)argument;
	mtx_lock(&b);
	meet(2);
	until = soon(CLOCK_REALTIME, 200);
	CHECK(mtx_timedlock(&a, &until) == thrd_timedout);
	mtx_unlock(&b);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&a, mtx_timed) == thrd_success && mtx_init(&b, mtx_plain) == thrd_success);
	c11_two(one, two);
	mtx_destroy(&a);
	mtx_destroy(&b);
	return 0;
}
