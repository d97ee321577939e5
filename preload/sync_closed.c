/* Owns what stands in place of tallies where there are none to be made. */
#include "sync_closed.h"

#include "unordered.h"

enum { CLOSED = 1 }; /* nothing more is to be noted */

bool sync_was_closed(struct thread *self, uint64_t key)
{
	bool closed;

	if (!thread_enter(self))
		return true;
	closed = address_map_get(&self->tallies, key) == CLOSED;
	if (closed)
		*sync_closed(self, key) = key;
	thread_leave(self);
	return closed;
}

void sync_close(struct thread *self, uint64_t key, const void *object)
{
	*sync_closed(self, key) = key;
	/* Known of short-lived ones without that. */
	if (!locks_is_silent(object) && self->tallies.used < SYNC_MOST_KNOWN / 2)
		address_map_put(&self->tallies, key, CLOSED);
}

void sync_written(const struct thread *self, const void *object, uint16_t kind)
{
	struct lock *lock = sync_keeps(self, kind) ? locks_find(object) : NULL;

	if (lock)
		lock->kept = true;
}

void sync_missed(const struct thread *self, const void *object, uint16_t kind)
{
	struct lock *lock = sync_keeps(self, kind) ? locks_find(object) : NULL;

	if (!lock || lock->kept || lock->missed || lock->amount == LOCK_UNCOUNTED)
		return;
	lock->missed = true;
	unordered_object();
}
