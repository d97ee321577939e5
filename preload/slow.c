/* Owns the recorder lock, and who takes it how. */
#include "slow.h"

#include "recorder.h"
#include "system.h"

#include <errno.h>
#include <string.h>
#include <ucontext.h>

/* How often handlers begin while one thread is inside once, at most. */
enum { MOST_PUT_OFF = 10000 };

static struct own_lock recorder_lock;

/* Lets in what was put off. */
static void leave(struct thread *self)
{
	struct put_off *put_off = &self->put_off;

	__atomic_store_n(&put_off->inside, false, __ATOMIC_RELAXED);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	/* If there is any, all signals are blocked. */
	if (likely(!__atomic_load_n(&put_off->any, __ATOMIC_RELAXED)))
		return;
	put_off->any = false;
	put_off->times = 0;
	sys_restore_signals(&put_off->signals);
	while (put_off->owed) {
		const int number = __builtin_ctzll(put_off->owed);

		put_off->owed &= put_off->owed - 1;
		sys_signal_self(number + 1, NULL);
	}
}

/* Takes the lock without blocking signals, if that will do, and it is free. */
static bool take_open(struct thread *self)
{
	uint32_t free = own_lock_free(&recorder_lock);

	if (free == 0)
		return own_lock_try(&recorder_lock, 0);
	if (free != SLOW_HANDLERS || !self)
		return false;
	__atomic_store_n(&self->put_off.inside, true, __ATOMIC_RELAXED);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	if (likely(own_lock_try(&recorder_lock, SLOW_HANDLERS)))
		return true;
	leave(self);
	return false;
}

static void become_busy(struct slow *slow, struct thread *self)
{
	slow->self = self;
	if (!self)
		return;
	slow->busy = self->busy;
	self->busy = THREAD_RECORDER;
}

void slow_begin_last(struct slow *slow, struct thread *self)
{
	slow->saved_errno = errno;
	slow->blocked = true;
	sys_block_signals(&slow->signals);
	become_busy(slow, self);
	own_lock_take(&recorder_lock);
}

void slow_begin(struct slow *slow, struct thread *self)
{
	/* Who has it is mostly about to give it back, before two system calls were made. */
	if (unlikely(!take_open(self) && !(own_lock_await(&recorder_lock) && take_open(self)))) {
		slow_begin_last(slow, self);
		return;
	}
	slow->saved_errno = errno;
	slow->blocked = false;
	become_busy(slow, self);
}

void slow_end(struct slow *slow)
{
	struct thread *self = slow->self;

	own_lock_drop(&recorder_lock);
	if (self)
		self->busy = slow->busy;
	if (slow->blocked)
		sys_restore_signals(&slow->signals);
	else if (self)
		leave(self);
	errno = slow->saved_errno;
}

uint64_t slow_signals(const struct slow *slow)
{
	const struct thread *self = slow->self;
	uint64_t now;

	if (slow->blocked)
		return slow->signals;
	now = sys_blocked_signals();
	/* Asked second: it may have come in between. */
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	return self && self->put_off.any ? self->put_off.signals : now;
}

void slow_expect(enum slow_expect expect)
{
	const struct thread *self = current_thread;
	uint64_t signals;

	/* The recorder itself does nothing of the kind, but its lock may be ours already. */
	if (own_lock_free(&recorder_lock) >= expect || (self && self->busy == THREAD_RECORDER))
		return;
	sys_block_signals(&signals);
	own_lock_take(&recorder_lock);
	if (own_lock_free(&recorder_lock) < expect)
		own_lock_set_free(&recorder_lock, expect);
	own_lock_drop(&recorder_lock);
	sys_restore_signals(&signals);
}

/*
 * The kernel may begin several handlers at once, one on top of the other: then the outermost, whose
 * context is the thread's own, comes here last.
 */
bool slow_puts_off(struct thread *self, const struct slow_signal *signal)
{
	struct put_off *put_off = &self->put_off;
	ucontext_t *interrupted = signal->context;
	uint64_t all = ~UINT64_C(0), unused;

	if (likely(!__atomic_load_n(&put_off->inside, __ATOMIC_RELAXED)))
		return false;
	sys_block_signals(&unused);
	/* Not the kernel: something under the program that does not keep to the context's mask. */
	if (++put_off->times > MOST_PUT_OFF && put_off->any) {
		put_off->owed |= UINT64_C(1) << (signal->number - 1);
		return !signal->again || sys_handle_signal(signal->number, signal->again);
	}
	if ((signal->again && !sys_handle_signal(signal->number, signal->again)) ||
	    !sys_signal_self(signal->number, signal->info)) {
		sys_restore_signals(&unused);
		return false;
	}
	memcpy(&put_off->signals, &interrupted->uc_sigmask, sizeof(put_off->signals));
	put_off->any = true;
	memcpy(&interrupted->uc_sigmask, &all, sizeof(all));
	return true;
}
