/* Owns the records that held stacks lie in. */
#include "held_stack.h"

#include <string.h>

enum { FIRST = 25 }; /* entries */

static struct trace_cursor cursor;

static bool give(struct thread *thread, uint32_t capacity)
{
	size_t tail = capacity * sizeof(struct trace_held_entry);
	struct trace_held *held, *old = thread->held;
	ptrdiff_t depth;

	held = trace_alloc(&cursor, TRACE_TYPE_held, sizeof(*held) + tail);
	if (!held)
		return false;
	held->room = capacity;
	if (old) {
		memcpy(held + 1, old + 1, thread->capacity * sizeof(struct trace_held_entry));
		held->want_mutex = old->want_mutex;
		held->want_op = old->want_op;
		held->want_stack = old->want_stack;
		held->want_since = old->want_since;
		held->want = old->want;
		held->thread = old->thread;
		held->epoch = old->epoch;
	}
	trace_commit(&cursor, held);
	depth = old ? thread_depth(thread) : 0;
	thread->held = held;
	thread->entries = (struct trace_held_entry *)(held + 1);
	thread->top = thread->entries + depth - 1;
	thread->capacity = capacity;
	if (old)
		old->thread = 0;
	return true;
}

bool held_stack_give(struct thread *thread)
{
	return thread->held || give(thread, FIRST);
}

void held_stack_clear(struct thread *thread)
{
	thread->held->thread = 0;
	thread->held->epoch = 0;
	thread->held->want = 0;
	memset(thread->entries, 0, thread_depth(thread) * sizeof(*thread->entries));
	thread->top = thread->entries - 1;
	/* What it gave back last is not the next one's (sync.c). */
	thread->entries->node = 0;
}

bool held_stack_grow(struct thread *self)
{
	return give(self, 2 * self->capacity);
}

void held_stacks_reset(void)
{
	cursor = (struct trace_cursor){NULL, 0};
}
