/*
 * Opposite orders, but the second lock of each is only read, and so is the first: a reader of this
 * lock waits for writers only, and there is none.
 */
/* EXPECT lock-order discharged read-shared first second */
/* ACQUISITIONS 4 */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock_shared(&a);
	own_lock_shared(&b); /* @first */
	own_unlock(&b);
	own_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	own_lock_shared(&b);
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
