/* The near miss of annotated_abba.c: the second thread keeps to the order of the first. */
/* EXPECT none */
/* ACQUISITIONS 4 */
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
	own_lock(&a);
	own_lock(&b);
	own_unlock(&b);
	own_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
