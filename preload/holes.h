/*
 * Holes in the held stack. When a lock deep down in it is given back, all that lies above stands
 * for other situations then; who gives many locks back in the order in which they were taken would
 * make a new node for each of them each time. So at first a hole is left (TRACE_HELD_HOLE), and
 * what lies above it goes on standing for the old situations. The first operation that asks what is
 * held closes all holes at once (holes_close, in tree_shed); mostly there is nothing left by then.
 *
 * The newest entry is never a hole. While there are holes, its key is one that no situation has, so
 * that no fast path finds anything below it, and its `since` is set, so that it is given back in
 * the slow path.
 */
#ifndef GORDIAN_HOLES_H
#define GORDIAN_HOLES_H

#include "recorder.h"

#define HOLES_MARK UINT64_C(0x9e3779b97f4a7c15) /* in the key of the newest entry */

enum { HOLES_UNTIMED = 1 }; /* `since` of what is not timed */

/* An entry's own key. */
static inline uint64_t holes_key(const struct thread *self, const struct trace_held_entry *entry)
{
	return self->holes && entry == self->top ? entry->key ^ HOLES_MARK : entry->key;
}

/* Gives back that entry, if a hole is to be left there or there are some. False: the usual case. */
bool holes_release(struct thread *self, struct trace_held_entry *entry);
/* The entries come to stand for what is held. */
void holes_close(struct thread *self);

#endif
