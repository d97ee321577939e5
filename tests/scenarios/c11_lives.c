/*
 * mtx_destroy ends a mutex, and mtx_init makes another one in the same memory (C11 7.26.4.1). The
 * first was taken before `other`, the second after it: two locks, no order between them.
 */
/* EXPECT none */
#include "scenario_c11.h"

static mtx_t other, m;

static int first_life(void *argument)
{
	(void)argument;
	mtx_lock(&m);
	mtx_lock(&other);
	mtx_unlock(&other);
	mtx_unlock(&m);
	mtx_destroy(&m);
	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	__atomic_store_n((int *)argument, 1, __ATOMIC_RELEASE);
	return 0;
}

static int second_life(void *argument)
{
	while (!__atomic_load_n((int *)argument, __ATOMIC_ACQUIRE))
		thrd_yield();
	mtx_lock(&other);
	mtx_lock(&m);
	mtx_unlock(&m);
	mtx_unlock(&other);
	return 0;
}

int main(void)
{
	int renewed = 0;
	thrd_t first, second;

	CHECK(mtx_init(&other, mtx_plain) == thrd_success);
	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	first = c11_start(first_life, &renewed);
	second = c11_start(second_life, &renewed);
	c11_finish(first);
	c11_finish(second);
	return 0;
}
