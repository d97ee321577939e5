/*
 * Conditions as what orders threads (sync.h). Whoever signals has made true, under the mutex, what
 * the waiters look for; and whoever finds it true without having waited is let in by that mutex,
 * and not by the signal. So of what a thread did before it signals only that counts which it did
 * before it gave the mutex back: a signal is written down as an event when the thread holds the
 * mutex, or has taken nothing since; another one is just counted.
 *
 * Who waits again at once was let go on by a signal that was for others, or had been taken before
 * by others what it made. In another schedule there may be no such wait; so the next one is an
 * event of another kind.
 */
#ifndef GORDIAN_COND_ORDER_H
#define GORDIAN_COND_ORDER_H

#include "sync.h"

/* It has come to a new epoch, because another thread let it go on: what it had given back before
 * was not given back with what that one did behind it. */
static inline void cond_let_go(struct thread *self)
{
	self->let_go = (struct let_go){thread_depth(self), self->epoch};
}

/* Before the call. act: enum trace_act or enum trace_op. */
void cond_signals_slowly(const void *cond, uint16_t act, bool shared, const void *site,
			 const void *frame);

static inline void cond_signals(const void *cond, uint16_t act, bool shared, const void *site,
				const void *frame)
{
	struct thread *self = current_thread;

	if (unlikely(!self || !sync_is_closed(self, cond, TRACE_EVENT_signalled)))
		cond_signals_slowly(cond, act, shared, site, frame);
}

/*
 * Whether the thread waited for the condition before, and has held the mutex ever since that wait
 * came back: it did not find what it looks for. Before the mutex is recorded as given back.
 */
bool cond_waits_again(const struct thread *self, const void *cond, const void *mutex);
/*
 * After a wait with a limit of time, when the mutex has been recorded again: it may have ended for
 * lack of time, and tells nothing. But what the thread waits for it may find, as who comes too late
 * to wait does (news.h).
 */
void cond_looks(struct thread *self, const void *mutex);

/* After a wait without a limit of time, before the mutex is recorded again. op: of the wait;
 * in_vain: cond_waits_again. */
void cond_woken(struct thread *self, const void *cond, uint16_t op, bool shared, bool in_vain,
		const struct acquire *again);

#endif
