/*
 * The near miss of annotated_level.c: both threads break the order of levels, but in the same way.
 * Nobody takes the locks the other way round, so nobody can wait in a circle.
 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&b);
	own_lock(&a);
	own_unlock(&a);
	own_unlock(&b);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	own_lock(&b);
	own_lock(&a);
	own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	GORDIAN_ORDER_CLASS(&a, "table", 1);
	GORDIAN_ORDER_CLASS(&b, "row", 2);
	run_two(one, two);
	return 0;
}
