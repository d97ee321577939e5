/* Owns the way of provisional semaphores to records of their own. */
#include "provisional.h"

#include "nesting.h"

bool provisional_any;

static void settle(struct thread *self, const struct trace_held_entry *entry)
{
	struct lock *lock = locks_find((const void *)(uintptr_t)entry->lock);

	if (lock && lock->provisional && !lock->ordering)
		nesting_settle(self, lock);
}

static bool any(const struct thread *self, const void *except)
{
	for (const struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		if (entry->lock != (uintptr_t)except && provisional_is(entry))
			return true;
	}
	return false;
}

static void settle_all(struct thread *self, const void *except)
{
	for (const struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		if (entry->lock != (uintptr_t)except && provisional_is(entry))
			settle(self, entry);
	}
}

void provisional_released(struct thread *self, const struct trace_held_entry *entry)
{
	struct slow slow;

	if (likely(!provisional_is(entry)))
		return;
	slow_begin(&slow, self);
	settle(self, entry);
	slow_end(&slow);
}

void provisional_settle(struct thread *self, const void *except)
{
	struct slow slow;

	if (likely(!any(self, except)) || self->busy)
		return;
	slow_begin(&slow, self);
	settle_all(self, except);
	slow_end(&slow);
}

void provisional_settle_inside(struct thread *self)
{
	if (unlikely(any(self, NULL)))
		settle_all(self, NULL);
}

void provisional_end(struct lock *lock)
{
	struct trace_lock *record;

	if (!lock->ordering)
		nesting_collect();
	if (!lock->ordering && lock->touched && current_thread)
		nesting_settle(current_thread, lock);
	record = trace_at(lock->ref);
	if (!lock->provisional || !record)
		return;
	record->flags = (record->flags & ~TRACE_LOCK_PROVISIONAL) | TRACE_LOCK_ORDERING;
}
