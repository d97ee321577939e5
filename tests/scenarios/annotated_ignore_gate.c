/*
 * Each thread takes a gate in an ignored region, and then two locks in its own order. The gate is
 * held all the same, and lets only one of them in at a time.
 */
/* EXPECT lock-order discharged gate-lock first second */
/* ACQUISITIONS 4 */
/* IGNORED 2 */
#include "annotated.h"

static struct own_lock a, b, gate;

static void enter(void)
{
	GORDIAN_IGNORE_BEGIN();
	own_lock(&gate);
	GORDIAN_IGNORE_END();
}

static void *one(void *argument)
{
	enter();
	own_lock(&a);
	own_lock(&b); /* @first */
	own_unlock(&b);
	own_unlock(&a);
	own_unlock(&gate);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	enter();
	own_lock(&b);
	own_lock(&a); /* @second */
	own_unlock(&a);
	own_unlock(&b);
	own_unlock(&gate);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
