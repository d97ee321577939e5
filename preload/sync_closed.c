/* Owns what stands in place of tallies where there are none to be made. */
#include "sync_closed.h"

#include "unordered.h"

enum {
	CLOSED = 1, /* nothing more is to be noted */
	KEPT = 2,   /* there is an event of an acquire at that place, with a lock held */
};

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

static void remember(struct thread *self, uint64_t key, uint64_t what)
{
	if (self->tallies.used < SYNC_MOST_KNOWN / 2)
		address_map_put(&self->tallies, key, what);
}

void sync_miss(struct thread *self, uint64_t key, const void *object, uint16_t kind)
{
	struct lock *lock = sync_kept(self, kind) ? locks_find(object) : NULL;

	if (!lock || lock->missed || lock->amount == LOCK_UNCOUNTED ||
	    address_map_get(&self->tallies, key) == KEPT)
		return;
	lock->missed = true;
	unordered_object();
}

void sync_close(struct thread *self, uint64_t key, const void *object)
{
	*sync_closed(self, key) = key;
	/* Known of short-lived ones without that. */
	if (!locks_is_silent(object))
		remember(self, key, CLOSED);
}

void sync_keep(struct thread *self, uint64_t key, uint16_t kind)
{
	if (sync_kept(self, kind))
		remember(self, key, KEPT);
}
