/*
 * A program says what happens before what, of more objects than are kept apart. Nothing of that is
 * lost; these two threads are not ordered by it, since each says it of objects of its own.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "annotated.h"

enum { OBJECTS = 100000 };
static struct own_lock a, b;
static char objects[OBJECTS], own;

static void *one(void *argument)
{
	for (int i = 0; i < OBJECTS; i++)
		GORDIAN_HAPPENS_BEFORE(objects + i);
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
	GORDIAN_HAPPENS_AFTER(&own);
	own_lock(&b);
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
