/* Joins what a thread was before its routine to what it is there. */
#include "forerun.h"

#include "late.h"
#include "slow.h"
#include "twins.h"

static void join(struct thread *self, struct trace_thread *before)
{
	const struct trace_thread *record = trace_at(self->ref);

	before->creator = record->creator;
	before->create_epoch = record->create_epoch;
	before->created_stack = record->created_stack;
	before->start_routine = record->start_routine;
	before->joined_by = self->ref;
	before->join_epoch = 0;
	before->state = (before->state & ~TRACE_THREAD_FOREIGN) | TRACE_THREAD_JOINED;
	twins_exclude(self);
}

void forerun_end(struct thread *self)
{
	struct thread *forerun = current_thread;
	struct trace_thread *before;
	struct slow slow;

	/* One that keeps a lock for the routine's time goes on to hold it. */
	if (!forerun || forerun == self || thread_depth(forerun))
		return;
	before = trace_at(forerun->ref);
	thread_end(forerun);
	slow_begin(&slow, NULL);
	late_forget();
	join(self, before);
	slow_end(&slow);
}

bool forerun_is_due(pthread_t handle)
{
	const struct trace_thread *record = trace_at(threads_behind(handle));

	return record && !(record->state & (TRACE_THREAD_STARTED | TRACE_THREAD_ENDED));
}
