/*
 * What a thread remembers of what is not to be noted any more (sync.h), by keys: in a small table
 * that is looked at without a call, and beside its tallies.
 *
 * Of an acquire that may be a wait, in which the locks that are held are kept from others, each
 * place where the newest of them was taken is remembered by itself: one that comes for the first
 * time when no more events are written is a wait that the analysis does not know of, and its object
 * is counted as one that is not ordered (unordered.h).
 */
#ifndef GORDIAN_SYNC_CLOSED_H
#define GORDIAN_SYNC_CLOSED_H

#include "locks.h"

/* That a thread remembers: tallies, and as much again of what is closed. */
enum { SYNC_MOST_KNOWN = 1 << 13 };

/* Where the thread took the newest lock that it holds, as the stack of the node; 0: it holds none,
 * or that does not matter for such an event. */
static inline uint32_t sync_kept(const struct thread *self, uint16_t kind)
{
	const struct trace_node *node;

	if ((kind != TRACE_EVENT_taken && kind != TRACE_EVENT_left) || self->top < self->entries)
		return 0;
	node = trace_at(self->top->node);
	return node ? node->stack : 0;
}

/* Tells kinds of events, lives of objects and places (sync_kept) apart. Odd; the next bit is the
 * kind's last, which tells the release from the acquire of one family. */
static inline uint64_t sync_key(const void *object, uint16_t kind, uint32_t kept)
{
	uint64_t hash = (uintptr_t)object * LOCK_HASH_FACTOR;

	hash = (hash ^ lock_generation_of(object)) + kind + ((uint64_t)kept << 8);
	return (hash * LOCK_HASH_FACTOR & ~UINT64_C(3)) | (kind & 1) << 1 | 1;
}

/* Where a key is remembered; the two of an object are not in each other's place. */
static inline uint64_t *sync_closed(struct thread *self, uint64_t key)
{
	return &self->closed[key >> (65 - THREAD_CLOSED_BITS) << 1 | (key >> 1 & 1)];
}

/* Whether there is nothing more to be noted of that kind with this object, as far as is known at
 * once.
 */
static inline bool sync_is_closed(struct thread *self, const void *object, uint16_t kind)
{
	uint64_t key = sync_key(object, kind, sync_kept(self, kind));

	return *sync_closed(self, key) == key;
}

/* The same as far as the thread remembers. */
bool sync_was_closed(struct thread *self, uint64_t key);
/* There is nothing more to be noted by that key, which is one of that object. Under the recorder's
 * lock. */
void sync_close(struct thread *self, uint64_t key, const void *object);
/* There are no more events of that kind. If a lock is held, and none was at this place, the object
 * is counted, once. The same. */
void sync_miss(struct thread *self, uint64_t key, const void *object, uint16_t kind);
/* An event was written. The same. */
void sync_keep(struct thread *self, uint64_t key, uint16_t kind);

#endif
