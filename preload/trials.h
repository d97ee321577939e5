/*
 * What becomes of tries that fail. Some programs try first in order to wait (CPython tries every
 * lock before it lets go of its interpreter lock and waits): for them a successful try was a
 * request. Others back off. Which is which shows when a try fails, by the thread's next call of the
 * family.
 */
#ifndef GORDIAN_TRIALS_H
#define GORDIAN_TRIALS_H

#include "tree.h"

enum trial_outcome { TRIAL_WAITED, TRIAL_TIMED, TRIAL_ABANDONED };

/* A try failed; its lock is not held by this thread. Keeps errno. */
void trial_failed(struct thread *self, const struct acquire *acquire);

/* The thread's next call: a wait for `lock`, or TRIAL_ABANDONED. */
void trial_settle_slow(struct thread *self, const void *lock, enum trial_outcome outcome);

static inline void trial_settle(struct thread *self, const void *lock, enum trial_outcome outcome)
{
	if (unlikely(self->tried))
		trial_settle_slow(self, lock, outcome);
}

/* The record of a node, made if need be; NULL: no space. Takes the recorder's lock. */
struct trace_trial *trials_record(struct thread *self, const struct trace_node *node);

/* A new trace. */
void trials_reset(void);

#endif
