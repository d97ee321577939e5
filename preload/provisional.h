/*
 * Semaphores on the records of such as were no locks. A program that makes a semaphore for each
 * wait (CPython makes one for each wait of a threading.Condition) first takes it like a lock, and
 * then has it posted by another thread. A record for each would make the trace grow for ever. So a
 * dead semaphore's record that is marked as ordering is given to the next one that is made at the
 * same place (pool.h), provisionally: whether that is a lock is not known yet.
 *
 * Nothing is lost. When another thread posts it, it was no lock either. When the thread that took
 * it posts it, or waits for something else meanwhile, or what it holds goes into a record, it gets
 * another record, and what it did in this life goes there (nesting.h). Until then it was taken
 * once, so no order of acquisitions depends on it; who holds it is told by the held stack.
 */
#ifndef GORDIAN_PROVISIONAL_H
#define GORDIAN_PROVISIONAL_H

#include "tree.h"

/* Whether there ever was one. */
extern bool provisional_any;

/* Whether that entry of a held stack is such a semaphore's. */
static inline bool provisional_is(const struct trace_held_entry *entry)
{
	const struct trace_node *node = trace_at(entry->node);
	const struct trace_lock *lock = node ? trace_at(node->lock) : NULL;

	return lock && lock->flags & TRACE_LOCK_PROVISIONAL;
}

/* The thread gives back what that entry says, so it is a lock. */
void provisional_released(struct thread *self, const struct trace_held_entry *entry);
/* All that the thread holds, except for a lock at that address, is going to matter. */
void provisional_settle(struct thread *self, const void *except);
/* The same of all, under the recorder's lock. */
void provisional_settle_inside(struct thread *self);
/* The life ends. Under the recorder's lock. */
void provisional_end(struct lock *lock);

#endif
