/*
 * Both locks have an order class. The second thread takes the one of the lower level last, and is
 * told so; that the first keeps to the levels does not save it.
 */
/* EXPECT lock-order feasible first second */
/* LOCK table */
/* LOCK row 17 */
/* SAYS by their order classes two is wrong (level 1 after level 2) */
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
	own_lock(&b);
	own_lock(&a); /* @second */
	own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	GORDIAN_CREATED(&a);
	GORDIAN_ORDER_CLASS(&a, "table", 1);
	GORDIAN_CREATED(&b);
	GORDIAN_ORDER_CLASS(&b, "row", 2);
	GORDIAN_NAME(&b, "row 17");
	run_two(one, two);
	return 0;
}
