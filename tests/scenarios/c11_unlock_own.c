/*
 * The near miss of c11_unlock_not_owner.c, c11_destroy_locked.c and c11_relock.c: a recursive mutex
 * is locked again, unlocked as often by its owner, and destroyed when it is free.
 */
/* EXPECT none */
#include "scenario_c11.h"

static mtx_t m;

static int worker(void *argument)
{
	(void)argument;
	mtx_lock(&m);
	mtx_lock(&m);
	CHECK(mtx_trylock(&m) == thrd_success);
	mtx_unlock(&m);
	mtx_unlock(&m);
	mtx_unlock(&m);
	return 0;
}

int main(void)
{
	for (int i = 0; i < 3; i++) {
		CHECK(mtx_init(&m, mtx_plain | mtx_recursive) == thrd_success);
		c11_two(worker, worker);
		mtx_destroy(&m);
	}
	return 0;
}
