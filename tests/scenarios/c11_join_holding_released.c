/* The near miss of c11_join_holding.c: m is given back before the join. */
/* EXPECT none */
#include "scenario_c11.h"

static mtx_t m;

static int worker(void *argument)
{
	(void)argument;
	mtx_lock(&m);
	mtx_unlock(&m);
	return 0;
}

int main(void)
{
	thrd_t thread;

	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	thread = c11_start(worker, NULL);
	mtx_lock(&m);
	mtx_unlock(&m);
	thrd_join(thread, NULL);
	return 0;
}
