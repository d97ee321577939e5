/* Owns the records of who woke whom when: one for each thread, which the next one goes on with. */
#include "wakes.h"

bool wakes_begin(struct thread *self)
{
	struct slow slow;

	if (self->busy || recorder_in_vfork_child())
		return false;
	slow_begin(&slow, self);
	self->wakes = trace_alloc(&recorder_cursor, TRACE_TYPE_wakes, sizeof(*self->wakes));
	if (self->wakes)
		trace_commit(&recorder_cursor, self->wakes);
	slow_end(&slow);
	return self->wakes;
}
