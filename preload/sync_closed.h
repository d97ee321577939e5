/*
 * What a thread remembers of what is not to be noted any more (sync.h), by keys: in a small table
 * that is looked at without a call, and beside its tallies.
 *
 * An acquire that may be a wait, in which locks that are held are kept from others, is remembered
 * by itself. When no more events are written, and none of the object tells of a lock that was held,
 * the analysis does not know of such a wait: then the object is counted as one that is not ordered
 * (unordered.h).
 */
#ifndef GORDIAN_SYNC_CLOSED_H
#define GORDIAN_SYNC_CLOSED_H

#include "locks.h"

/* That a thread remembers: tallies, and as much again of what is closed. */
enum { SYNC_MOST_KNOWN = 1 << 13 };

/* Whether such an event may be a wait in which the thread keeps a lock from others. */
static inline bool sync_keeps(const struct thread *self, uint16_t kind)
{
	return self->top >= self->entries &&
	       (kind == TRACE_EVENT_taken || kind == TRACE_EVENT_left);
}

/* Tells kinds of events, lives of objects, and acquires with locks held apart. Odd; the next bit is
 * the kind's last, which tells the release from the acquire of one family. */
static inline uint64_t sync_key(const void *object, uint16_t kind, bool keeps)
{
	uint64_t hash = (uintptr_t)object * LOCK_HASH_FACTOR;

	hash = (hash ^ lock_generation_of(object)) + kind + ((uint64_t)keeps << 8);
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
	uint64_t key = sync_key(object, kind, sync_keeps(self, kind));

	return *sync_closed(self, key) == key;
}

/* The same as far as the thread remembers. */
bool sync_was_closed(struct thread *self, uint64_t key);
/* There is nothing more to be noted by that key, which is one of that object. Under the recorder's
 * lock. */
void sync_close(struct thread *self, uint64_t key, const void *object);
/* The thread's event of that kind with the object was written. The same. */
void sync_written(const struct thread *self, const void *object, uint16_t kind);
/* It was not, as there are no more of them. The same. */
void sync_missed(const struct thread *self, const void *object, uint16_t kind);

#endif
