/*
 * A near miss of c11_abba.c: the first thread has been joined before the second is created. C11
 * 7.26.5.6: thrd_join blocks until the other thread has terminated.
 */
/* EXPECT lock-order discharged thread-order first second */
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
	CHECK(mtx_init(&a, mtx_plain) == thrd_success && mtx_init(&b, mtx_plain) == thrd_success);
	c11_finish(c11_start(one, NULL));
	c11_finish(c11_start(two, NULL));
	return 0;
}
