/*
 * The near miss of annotated_ignore.c: the region has ended when the thread takes its second lock,
 * while it holds the first one, which it took in the region. Regions nest: the inner end is no end.
 */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 3 */
/* IGNORED 1 */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a);
	own_lock(&b); /* @first */
	own_unlock(&b);
	own_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	GORDIAN_IGNORE_BEGIN();
	GORDIAN_IGNORE_BEGIN();
	GORDIAN_IGNORE_END();
	own_lock(&b);
	GORDIAN_IGNORE_END();
	own_lock(&a); /* @second */
	own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
