/* Owns holes in the held stack. */
#include "holes.h"

#include "abandoned.h"
#include "restack.h"
#include "slow.h"

enum {
	FIRST_ABOVE = 16,    /* entries that have to lie above the first hole */
	MOST_DERIVED = 4096, /* nodes that may be made when holes are closed one by one */
};

static bool is_hole(const struct trace_held_entry *entry)
{
	return entry->lock == TRACE_HELD_HOLE;
}

/* Of the newest entry. */
static void mark(struct thread *self)
{
	self->top->key ^= HOLES_MARK;
	if (!self->top->since)
		self->top->since = HOLES_UNTIMED;
}

static void unmark(struct thread *self)
{
	self->top->key ^= HOLES_MARK;
	if (self->top->since == HOLES_UNTIMED)
		self->top->since = 0;
}

/* Down to the next that is held. What was given back last leaves its node behind. */
static void drop_newest(struct thread *self)
{
	uint32_t node = self->top->node;

	do {
		self->top->lock = 0;
		self->top->since = 0;
		self->top--;
	} while (thread_depth(self) && is_hole(self->top));
	self->top[1].node = node;
}

static void leave_hole(struct thread *self, struct trace_held_entry *entry)
{
	entry->since = self->holes;
	entry->lock = TRACE_HELD_HOLE;
	/* It is not what was given back last. */
	if (thread_depth(self) < self->capacity)
		self->top[1].node = 0;
}

bool holes_release(struct thread *self, struct trace_held_entry *entry)
{
	struct slow slow;

	if (likely(!self->holes && self->top - entry < FIRST_ABOVE))
		return false;
	slow_begin(&slow, self);
	if (self->holes++)
		unmark(self);
	if (entry == self->top)
		drop_newest(self);
	else
		leave_hole(self, entry);
	/* There may be none now: who closes them will see. */
	if (thread_depth(self) > 1)
		mark(self);
	else
		self->holes = 0;
	slow_end(&slow);
	return true;
}

/* The one that was left first; NULL. */
static struct trace_held_entry *oldest(struct thread *self)
{
	struct trace_held_entry *found = NULL;

	for (struct trace_held_entry *entry = self->entries; entry < self->top; entry++) {
		if (is_hole(entry) && (!found || entry->since < found->since))
			found = entry;
	}
	return found;
}

/* How many nodes it takes to do what was done, step by step; `lowest`: hole, by index. */
static uint64_t count_steps(const struct thread *self, uint32_t *lowest)
{
	uint64_t steps = 0;
	uint32_t above = 0;

	for (uint32_t i = thread_depth(self); i-- > 0; above++) {
		if (!is_hole(&self->entries[i]))
			continue;
		steps += above;
		*lowest = i;
	}
	return steps;
}

void holes_close(struct thread *self)
{
	struct trace_held_entry *hole;
	struct slow slow;
	uint32_t index = 0;

	if (!section_whole(&slow, self))
		return;
	unmark(self);
	self->holes = 0;
	if (count_steps(self, &index) > MOST_DERIVED)
		restack_over(self, index);
	while ((hole = oldest(self))) {
		index = (uint32_t)(hole - self->entries);
		restack(self, index + 1, index, hole->key);
	}
	slow_end(&slow);
}
