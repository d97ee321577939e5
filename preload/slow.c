/* Owns the recorder lock, and who takes it how. */
#include "slow.h"

#include "recorder.h"
#include "system.h"

#include <errno.h>

static struct own_lock recorder_lock;

void slow_begin(struct slow *slow, struct thread *self)
{
	slow->saved_errno = errno;
	slow->self = self;
	slow->blocked = !own_lock_try_unguarded(&recorder_lock);
	if (slow->blocked)
		sys_block_signals(&slow->signals);
	if (self) {
		slow->busy = self->busy;
		self->busy = THREAD_RECORDER;
	}
	if (slow->blocked)
		own_lock_take(&recorder_lock);
}

void slow_end(struct slow *slow)
{
	own_lock_drop(&recorder_lock);
	if (slow->self)
		slow->self->busy = slow->busy;
	if (slow->blocked)
		sys_restore_signals(&slow->signals);
	errno = slow->saved_errno;
}

void slow_expect_signals(void)
{
	const struct thread *self = current_thread;
	uint64_t signals;

	/* The recorder itself does nothing of the kind, but its lock may be ours already. */
	if (own_lock_guarded(&recorder_lock) || (self && self->busy == THREAD_RECORDER))
		return;
	sys_block_signals(&signals);
	own_lock_take(&recorder_lock);
	own_lock_guard(&recorder_lock);
	own_lock_drop(&recorder_lock);
	sys_restore_signals(&signals);
}
