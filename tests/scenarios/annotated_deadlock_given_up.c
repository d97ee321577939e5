/*
 * The near miss of annotated_deadlock_spin.c: one side looks at a clock while it spins, and gives
 * up (GORDIAN_TIMED, GORDIAN_NOT_ACQUIRED).
 */
/* EXPECT clean */
#include "annotated.h"
#include "hang.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a);
	meet(2);
	own_lock(&b);
	own_unlock(&b);
	own_unlock(&a);
	return argument;
}

static inline __attribute__((always_inline)) bool own_lock_for(struct own_lock *lock, int ms)
{
	GORDIAN_ACQUIRE(lock, GORDIAN_EXCLUSIVE | GORDIAN_TIMED);
	for (int i = 0; i < ms; i++) {
		if (own_take(lock, ~0u, 1)) {
			GORDIAN_ACQUIRED(lock, GORDIAN_EXCLUSIVE | GORDIAN_TIMED);
			return true;
		}
		if (i == 0)
			GORDIAN_WAIT(lock, GORDIAN_EXCLUSIVE | GORDIAN_TIMED);
		nap(1);
	}
	GORDIAN_NOT_ACQUIRED(lock);
	return false;
}

static void *two(void *argument)
{
	own_lock(&b);
	meet(2);
	if (own_lock_for(&a, 200))
		own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
