/*
 * deadlock_abba.c with C11 threads. C11 7.26.4.3: mtx_lock blocks until it locks the
 * mutex. 7.26.5.6: thrd_join blocks until the thread has ended.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "hang.h"
#include "scenario_c11.h"

static mtx_t a, b;

static int one(void *argument)
{
	(void)argument;
	mtx_lock(&a);
	meet(2);
	mtx_lock(&b); /* @one */
	mtx_unlock(&b);
	mtx_unlock(&a);
	return 0;
}

static int two(void *argument)
{
	(void)argument;
	mtx_lock(&b);
	meet(2);
	mtx_lock(&a); /* @two */
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
