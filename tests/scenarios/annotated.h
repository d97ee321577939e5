/* A spin lock of a program's own, annotated as include/gordian/annotate.h says. */
#ifndef SCENARIO_ANNOTATED_H
#define SCENARIO_ANNOTATED_H

#include "scenario.h"

#include <gordian/annotate.h>
#include <sched.h>

/* Bit 0: a writer has it. The rest: twice the number of readers. */
struct own_lock {
	unsigned state;
};

static inline bool own_take(struct own_lock *lock, unsigned none_of, unsigned more)
{
	unsigned state = __atomic_load_n(&lock->state, __ATOMIC_RELAXED);

	return !(state & none_of) &&
	       __atomic_compare_exchange_n(&lock->state, &state, state + more, false,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* Inlined, so that the place of an annotation is the caller's as well. */
static inline __attribute__((always_inline)) void own_lock(struct own_lock *lock)
{
	GORDIAN_ACQUIRE(lock, GORDIAN_EXCLUSIVE);
	if (!own_take(lock, ~0u, 1)) {
		GORDIAN_WAIT(lock, GORDIAN_EXCLUSIVE);
		while (!own_take(lock, ~0u, 1))
			sched_yield();
	}
	GORDIAN_ACQUIRED(lock, GORDIAN_EXCLUSIVE);
}

static inline __attribute__((always_inline)) bool own_trylock(struct own_lock *lock)
{
	if (!own_take(lock, ~0u, 1))
		return false;
	GORDIAN_ACQUIRED(lock, GORDIAN_EXCLUSIVE | GORDIAN_TRY);
	return true;
}

static inline __attribute__((always_inline)) void own_lock_shared(struct own_lock *lock)
{
	GORDIAN_ACQUIRE(lock, GORDIAN_SHARED);
	while (!own_take(lock, 1, 2))
		sched_yield();
	GORDIAN_ACQUIRED(lock, GORDIAN_SHARED);
}

static inline __attribute__((always_inline)) void own_unlock(struct own_lock *lock)
{
	GORDIAN_RELEASE(lock);
	if (__atomic_load_n(&lock->state, __ATOMIC_RELAXED) & 1)
		__atomic_fetch_sub(&lock->state, 1, __ATOMIC_RELEASE);
	else
		__atomic_fetch_sub(&lock->state, 2, __ATOMIC_RELEASE);
}

#endif
