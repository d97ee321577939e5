/*
 * cond_reacquire.c with C11 threads: cnd_wait gives m back and takes it again at the end, with
 * outer held all the time, and another thread takes outer with m held.
 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
#include "scenario_c11.h"

static mtx_t outer, m;
static cnd_t changed;
static int ready;

static int one(void *argument)
{
	(void)argument;
	mtx_lock(&m);
	mtx_lock(&outer); /* @second */
	mtx_unlock(&outer);
	mtx_unlock(&m);
	stage_reach(1);
	return 0;
}

static int two(void *argument)
{
	(void)argument;
	stage_await(1);
	mtx_lock(&m);
	mtx_lock(&outer);
	stage_reach(2);
	while (!ready)
		cnd_wait(&changed, &m); /* @first */
	mtx_unlock(&outer);
	mtx_unlock(&m);
	return 0;
}

static int three(void *argument)
{
	(void)argument;
	stage_await(2);
	mtx_lock(&m);
	ready = 1;
	cnd_broadcast(&changed);
	mtx_unlock(&m);
	return 0;
}

int main(void)
{
	thrd_t third;

	CHECK(mtx_init(&outer, mtx_plain) == thrd_success);
	CHECK(mtx_init(&m, mtx_plain) == thrd_success && cnd_init(&changed) == thrd_success);
	third = c11_start(three, NULL);
	c11_two(one, two);
	c11_finish(third);
	cnd_destroy(&changed);
	return 0;
}
