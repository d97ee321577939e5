/*
 * The inversion of annotated_abba.c, but what the second thread does is in a region that is to be
 * ignored. The report does not have it, and says what was left out.
 */
/* EXPECT none */
/* ACQUISITIONS 2 */
/* IGNORED 2 */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a);
	own_lock(&b);
	own_unlock(&b);
	own_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	GORDIAN_IGNORE_BEGIN();
	own_lock(&b);
	own_lock(&a);
	own_unlock(&a);
	own_unlock(&b);
	GORDIAN_IGNORE_END();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
