/*
 * Two threads take two spin locks of the program's own in opposite orders, annotated. Who finds one
 * taken spins until it is free: when each has its first, both spin for ever.
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
/* ACQUISITIONS 4 */
/* THREADS 3 */
/* LOCK a.state */
/* LOCK b.state */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a); /* @first-hold */
	own_lock(&b); /* @first */
	own_unlock(&b);
	own_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	own_lock(&b); /* @second-hold */
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
