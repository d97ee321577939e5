/* The near miss of c11_abba.c: both threads take a first. */
/* EXPECT none */
/* THREADS 3 */
/* ACQUISITIONS 4 */
#include "scenario_c11.h"

static mtx_t a, b;

static int both(void *argument)
{
	(void)argument;
	mtx_lock(&a);
	mtx_lock(&b);
	mtx_unlock(&b);
	mtx_unlock(&a);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&a, mtx_plain) == thrd_success && mtx_init(&b, mtx_plain) == thrd_success);
	c11_two(both, both);
	mtx_destroy(&a);
	mtx_destroy(&b);
	return 0;
}
