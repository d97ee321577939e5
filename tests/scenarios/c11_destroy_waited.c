/* cond_destroy_waited.c with cnd_destroy: C11 7.26.3.2 requires that no threads be blocked. */
/* EXPECT destroy-waited misuse act cause */
#include "scenario_c11.h"

static mtx_t m;
static cnd_t changed;
static int ready, waiter, destroyer;

static int wait_for_it(void *argument)
{
	(void)argument;
	waiter = gettid();
	mtx_lock(&m);
	stage_reach(1);
	while (!ready)
		cnd_wait(&changed, &m); /* @cause */
	mtx_unlock(&m);
	return 0;
}

static int rescue(void *argument)
{
	(void)argument;
	stage_await(2);
	await_blocked(destroyer);
	mtx_lock(&m);
	ready = 1;
	cnd_broadcast(&changed);
	mtx_unlock(&m);
	return 0;
}

int main(void)
{
	thrd_t first, second;

	CHECK(mtx_init(&m, mtx_plain) == thrd_success && cnd_init(&changed) == thrd_success);
	first = c11_start(wait_for_it, NULL);
	second = c11_start(rescue, NULL);
	stage_await(1);
	await_blocked(waiter);
	destroyer = gettid();
	stage_reach(2);
	cnd_destroy(&changed); /* @act */
	c11_finish(first);
	c11_finish(second);
	return 0;
}
