/* Owns the records of children that were killed. */
#include "reaped.h"

#include "slow.h"
#include "system.h"

void reaped_note(pid_t child, int signal)
{
	struct trace_reaped *record;
	struct thread *self;
	struct slow slow;

	if (recorder_in_vfork_child())
		return;
	self = thread_self();
	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_reaped, sizeof(*record));
	if (record) {
		record->pid = (uint32_t)child;
		record->signal = (uint32_t)signal;
		record->ticks = ticks_now();
		trace_commit(&recorder_cursor, record);
	}
	slow_end(&slow);
}
