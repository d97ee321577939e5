/* Owns the records of children that have ended. */
#include "reaped.h"

#include "between.h"
#include "cond_order.h"
#include "forked.h"
#include "handlers.h"
#include "slow.h"
#include "stacks.h"
#include "system.h"
#include "unordered.h"

/* Each is a record of 40 bytes; a child that is recorded has a whole trace. */
enum { MOST_AWAITED = 1 << 16 };

static unsigned all_awaited; /* under the recorder's lock */

static void note_killed(pid_t child, int signal)
{
	struct trace_reaped *record;

	record = trace_alloc(&recorder_cursor, TRACE_TYPE_reaped, sizeof(*record));
	if (!record)
		return;
	record->pid = (uint32_t)child;
	record->signal = (uint32_t)signal;
	record->ticks = ticks_now();
	trace_commit(&recorder_cursor, record);
}

/*
 * Whether this may be in a signal handler. There the wait orders nothing: the call that the handler
 * interrupted may be one that waited for the child, to be recorded when it comes back.
 */
static bool in_handler(struct thread *self, const struct reaping *reaping)
{
	const struct stack *stack;

	if (!handlers_any)
		return false;
	stack = stacks_at(self, reaping->site, reaping->frame);
	return !stack ||
	       stack->flags & (TRACE_STACK_HANDLER | TRACE_STACK_SITE_ONLY | TRACE_STACK_CUT);
}

/* False: it is not written. */
static bool note_awaited(struct thread *self, pid_t child, const struct reaping *reaping)
{
	struct trace_awaited *record;

	if ((thread_depth(self) && !self->top->node) || in_handler(self, reaping))
		return false;
	if (all_awaited >= MOST_AWAITED) {
		unordered_child();
		return false;
	}
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_awaited, sizeof(*record));
	if (!record)
		return false;
	record->pid = (uint32_t)child;
	record->thread = self->ref;
	record->epoch = self->epoch + 1;
	record->node = thread_depth(self) ? self->top->node : 0;
	between_named(self->ref, trace_at(record->node));
	record->ticks = ticks_now();
	trace_commit(&recorder_cursor, record);
	all_awaited++;
	return true;
}

void reaped_note(pid_t child, int signal, const struct reaping *reaping)
{
	struct thread *self;
	struct slow slow;
	bool ordered;

	if (recorder_in_vfork_child() || (recorder_in_forked_child() && !forked_any_begun()))
		return;
	self = thread_self();
	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	if (signal)
		note_killed(child, signal);
	ordered = note_awaited(self, child, reaping);
	slow_end(&slow);
	if (ordered) {
		tree_next_epoch(self);
		cond_let_go(self);
	}
}

void reaped_reset(void)
{
	all_awaited = 0;
}
