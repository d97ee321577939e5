/*
 * A lock that its owner may take again: it does so while holding b. It had it before b, so it waits
 * for nobody then, and the order is the same as the second thread's.
 */
/* EXPECT none */
/* ACQUISITIONS 5 */
#include "annotated.h"

static struct own_lock a, b;

/* The owner takes it once more: there is nothing to do but to say so. */
static inline __attribute__((always_inline)) void again(struct own_lock *lock)
{
	GORDIAN_ACQUIRE(lock, GORDIAN_EXCLUSIVE);
	GORDIAN_ACQUIRED(lock, GORDIAN_EXCLUSIVE);
}

static void *one(void *argument)
{
	own_lock(&a);
	own_lock(&b);
	again(&a);
	GORDIAN_RELEASE(&a);
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
