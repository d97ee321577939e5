/* The near miss of annotated_recursive.c: it has given a back before it takes it under b. */
/* EXPECT lock-order feasible first second */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a);
	own_unlock(&a);
	own_lock(&b);
	own_lock(&a); /* @first */
	own_unlock(&a);
	own_unlock(&b);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	own_lock(&a);
	own_lock(&b); /* @second */
	own_unlock(&b);
	own_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
