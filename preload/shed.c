/* Owns what goes off the held stack as it turned out to be no lock. */
#include "families.h"
#include "holes.h"
#include "restack.h"
#include "sync.h"
#include "tree.h"

static bool is_ordering(const struct trace_held_entry *entry)
{
	const struct trace_node *node = trace_at(entry->node);
	const struct trace_lock *lock = node ? trace_at(node->lock) : NULL;

	return lock && lock->flags & TRACE_LOCK_ORDERING;
}

/* One that only orders, taken off; .lock is 0 when there is none. */
static struct trace_held_entry shed_one(struct thread *self)
{
	struct trace_held_entry shed = {0};

	if (!thread_enter(self))
		return shed;
	for (uint32_t i = thread_depth(self); i-- > 0 && !shed.lock;) {
		if (!is_ordering(&self->entries[i]))
			continue;
		shed = self->entries[i];
		restack(self, i + 1, i, shed.key);
		self->shed.lock = shed.lock;
		self->shed.generation = lock_generation_of((void *)(uintptr_t)shed.lock);
	}
	thread_leave(self);
	return shed;
}

/* Mostly they are another thread's. */
static bool has_ordering(const struct thread *self)
{
	for (const struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		if (is_ordering(entry))
			return true;
	}
	return false;
}

void tree_shed_turned(struct thread *self, uint32_t turned)
{
	struct trace_held_entry shed;

	if (self->busy)
		return;
	if (self->holes)
		holes_close(self);
	while (has_ordering(self) && (shed = shed_one(self)).lock) {
		const struct trace_node *node = trace_at(shed.node);

		if (!op_is_timed(node->op) && !locks_is_silent((const void *)shed.lock))
			sync_count_taken(self, (const void *)shed.lock);
	}
	/* Last: a signal handler may jump out. */
	self->turned = turned;
}
