/*
 * The near miss of annotated_shared.c: each thread has its first lock for itself when it asks to
 * read the other's.
 */
/* EXPECT lock-order feasible first second */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a);
	own_lock_shared(&b); /* @first */
	own_unlock(&b);
	own_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	own_lock(&b);
	own_lock_shared(&a); /* @second */
	own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
