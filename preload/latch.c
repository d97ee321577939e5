/* Owns what makes a semaphore a latch. */
#include "latch.h"

#include "families.h"
#include "provisional.h"
#include "slow.h"
#include "system.h"

bool latch_any;

static bool is_first_thread(const struct thread *self)
{
	const struct trace_thread *record = trace_at(self->ref);

	return !record || record->state & TRACE_THREAD_MAIN;
}

/* Whether it is this thread's own, and nobody has come to it yet. Under the recorder's lock. */
static bool is_fresh(const struct thread *self, const struct lock *lock)
{
	return lock && lock->kind == TRACE_LOCK_semaphore && lock->init_seen && !lock->op &&
	       !lock->ordering && !lock->counted && lock->created_by == self->ref;
}

/* Whether it is a lock that is one: of the others that order the first event makes them known. */
static bool is_latch(const struct lock *lock)
{
	return lock && lock->kind == TRACE_LOCK_semaphore && lock->counted && !lock->ordering;
}

void latch_look(struct thread *self, const struct acquire *acquire)
{
	const struct sync sync = {
		.object = acquire->lock,
		.kind = TRACE_EVENT_opened,
		.lock = TRACE_LOCK_semaphore,
	};
	struct slow slow;

	self->latch.made = NULL;
	if (thread_depth(self) || self->latch.epoch != self->epoch || op_is_timed(acquire->op))
		return;
	slow_begin(&slow, self);
	if (!is_first_thread(self) && is_fresh(self, locks_find(acquire->lock)) &&
	    sync_admit(self, &sync, stacks_of(self, acquire))) {
		self->latch.taken = acquire->lock;
		latch_any = true;
	}
	slow_end(&slow);
}

static bool find_latch(struct thread *self, const void *semaphore)
{
	struct slow slow;
	bool found;

	slow_begin(&slow, self);
	found = is_latch(locks_find(semaphore));
	slow_end(&slow);
	return found;
}

/* Who waits for a bounded time goes on without it, too. A latch has a record of its own. */
void latch_pass(struct thread *self, const struct acquire *acquire)
{
	if (locks_is_no_latch(acquire->lock) || (thread_depth(self) && provisional_is(self->top)))
		return;
	if (!op_is_timed(acquire->op) && find_latch(self, acquire->lock))
		sync_note_at(self, acquire, TRACE_EVENT_through, TRACE_LOCK_semaphore);
}

void latch_open(struct thread *self, const struct sync *posted)
{
	self->latch.taken = NULL;
	if (find_latch(self, posted->object))
		sync_note(self, posted);
}
