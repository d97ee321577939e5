/* Opposite orders, but the second thread gives up waiting for a after a while. */
/* EXPECT lock-order discharged timed first second */
/* ACQUISITIONS 4 */
#include "annotated.h"

static struct own_lock a, b;

static inline __attribute__((always_inline)) bool lock_for_a_while(struct own_lock *lock)
{
	GORDIAN_ACQUIRE(lock, GORDIAN_TIMED);
	for (int rounds = 0; rounds < 1000; rounds++) {
		if (own_take(lock, ~0u, 1)) {
			GORDIAN_ACQUIRED(lock, GORDIAN_TIMED);
			return true;
		}
		sched_yield();
	}
	GORDIAN_NOT_ACQUIRED(lock);
	return false;
}

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
	if (lock_for_a_while(&a)) /* @second */
		own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
