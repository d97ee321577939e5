/*
 * Who is refused a lock, by a try or when a time limit is over, and asks for it again and again
 * without having given back what it holds, waits for that lock: what it holds it holds until it
 * gets it. Who backs off gives back first; who gives up goes on without it.
 *
 * What the thread held when it was refused is told from what it holds when it asks again by marks
 * on its held stack (tree.h, hold_mark), which also make the thread come by when it gives such a
 * lock back (times.h). Semaphores have their own ways (trials.h).
 */
#ifndef GORDIAN_AGAIN_H
#define GORDIAN_AGAIN_H

#include "tree.h"

/* The lock was asked for and not given, and is not held by this thread. Keeps errno. */
void again_refused(struct thread *self, const struct acquire *acquire);

/* The lock was given to this thread: see again_got. */
void again_got_slowly(struct thread *self, uint16_t op);

/*
 * The lock was given to this thread by that operation. One that waits without a limit is a request
 * by itself, and the better one to tell of: those before it were only tries.
 */
static inline void again_got(struct thread *self, const void *lock, uint16_t op)
{
	if (unlikely(self->asked.open) && self->asked.lock == lock)
		again_got_slowly(self, op);
}

/* A hold with a `since` is about to end. */
void again_released(struct thread *self, const struct trace_held_entry *entry);

#endif
