/* Opposite orders, but the second thread only tries a, and does not wait when it is taken. */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 4 */
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
	if (own_trylock(&a)) /* @second */
		own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
