/*
 * When a thread last signalled a condition, left a barrier, or posted a semaphore that it had not
 * taken, object by object. Whoever reads the trace knows by that whether a published wait may be
 * over, though its thread has not noticed yet: a process may be killed between the two.
 */
#ifndef GORDIAN_WAKES_H
#define GORDIAN_WAKES_H

#include "tree.h"

/* Gives the thread its record; false: it can have none now. */
bool wakes_begin(struct thread *self);

/*
 * After the call that may have woken others: until then this thread is none that waits. A handler
 * in between may cost one of the two entries.
 */
static inline void wakes_note(struct thread *self, const void *object)
{
	uint64_t hash = (uintptr_t)object * LOCK_HASH_FACTOR;
	struct trace_wakes *wakes;
	unsigned slot = hash >> (64 - TRACE_WAKES_BITS);

	if (unlikely(!self || (!self->wakes && !wakes_begin(self))))
		return;
	wakes = self->wakes;
	if (unlikely(wakes->objects[slot] != (uintptr_t)object)) {
		if (wakes->ticks[slot] > wakes->others)
			wakes->others = wakes->ticks[slot];
		wakes->objects[slot] = (uintptr_t)object;
	}
	wakes->ticks[slot] = ticks_now();
}

/* The end of an interposer. `waited`: somebody may have waited before the call that is made now:
 * when nobody did, nobody is woken. */
#define WAKES_AFTER(object, waited, call) \
	do { \
		bool maybe = (waited); \
		int wakes_result = call; \
		if (maybe) \
			wakes_note(current_thread, object); \
		return wakes_result; \
	} while (0)

#endif
