/* Owns the end of sections that signal handlers jumped out of. */
#include "abandoned.h"

#include "system.h"
#include "tree.h"

#include <string.h>

static void compiler_fence(void)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static bool is_on_stack(const struct thread *self, uint64_t frame)
{
	return frame >= self->stack_low && frame < self->stack_high;
}

/* Whether no handler that was entered since the section began can be what runs at that frame. */
static bool are_handlers_over(const struct thread *self, uint64_t frame)
{
	uint32_t entered = self->handler_count - self->busy_handlers;

	if (!entered || entered > THREAD_HANDLERS)
		return false;
	for (uint32_t i = 0; i < THREAD_HANDLERS; i++) {
		uint32_t ago = (self->handler_count - 1 - i) % THREAD_HANDLERS;
		const struct handler_frame *handler = &self->handlers[ago];

		if (i < entered && is_on_stack(self, handler->frame) &&
		    (handler->alternate || frame <= handler->frame))
			return false;
	}
	return true;
}

static bool is_gone(const struct thread *self, uint64_t frame)
{
	const struct section *section = &self->section;
	const uint64_t *returns = (const uint64_t *)section->frame + 1;

	if (frame == section->frame)
		return true;
	if (is_on_stack(self, frame) && is_on_stack(self, section->frame) &&
	    are_handlers_over(self, frame))
		return true;
	return !sys_readable(returns) || *returns != section->returns;
}

static void put_back(struct thread *self)
{
	struct section *section = &self->section;
	uint32_t count = section->count;

	if (count && self->top == section->top)
		memcpy(section->top + 1 - count, section->kept, count * sizeof(*section->kept));
	compiler_fence();
	section->count = 0;
}

static void take(struct thread *self)
{
	struct section *section = &self->section;
	uint64_t lock = section->taking;

	if (!lock)
		return;
	if (!self->held->want_since && self->held->want == lock)
		self->held->want = 0;
	section->taking = 0;
	compiler_fence();
	if (thread_depth(self) >= self->capacity)
		return;
	self->top[1] = (struct trace_held_entry){
		.lock = lock,
		.key = tree_key(tree_parent_key(self), section->local),
	};
	compiler_fence();
	self->top++;
}

bool abandoned_clear(struct thread *self, const void *frame)
{
	if (self->busy != THREAD_FAST || !is_gone(self, (uintptr_t)frame))
		return false;
	put_back(self);
	take(self);
	trace_drop(TRACE_DROP_nested);
	thread_leave(self);
	return true;
}

bool section_whole(struct slow *slow, struct thread *self)
{
	if (!thread_enter(self))
		return false;
	thread_leave(self);
	slow_begin(slow, self);
	return true;
}

void section_taking(struct thread *self, uint64_t lock, uint64_t local)
{
	self->section.local = local;
	compiler_fence();
	self->section.taking = lock;
	compiler_fence();
}

void section_taken(struct thread *self)
{
	self->section.taking = 0;
	compiler_fence();
}

void section_kept(struct thread *self, uint32_t count)
{
	struct section *section = &self->section;

	section->top = self->top;
	compiler_fence();
	section->count = count;
	compiler_fence();
	/* No time: it is not read before it is what it was again, and the counter takes 20 ns. */
	if (!self->top->since)
		self->top->since = 1;
	compiler_fence();
}

bool section_keep(struct thread *self, uint32_t from)
{
	uint32_t count = thread_depth(self) - from;

	if (count > SECTION_KEPT)
		return false;
	memcpy(self->section.kept, self->entries + from, count * sizeof(*self->section.kept));
	section_kept(self, count);
	return true;
}

uint64_t section_since(const struct thread *self)
{
	return self->section.kept[self->section.count - 1].since;
}

void section_done(struct thread *self)
{
	compiler_fence();
	self->section.count = 0;
}
