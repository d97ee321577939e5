/*
 * Waiting for a condition, as far as its mutex is concerned: it is released, and acquired again at
 * the end, while outer locks stay held. When the waiter is cancelled the mutex is acquired again
 * before its clean-up handlers run, so ours, the innermost, records that.
 *
 * In the meantime the thread is published as waiting for the condition, with the mutex beside it:
 * which of the two it waits for at an instant only the C library knows.
 *
 * A wait with other locks held is a situation of its own, and so is every signal.
 *
 * A wait that is refused (a malformed time, an unknown clock) never releases the mutex: such calls
 * are forwarded untouched.
 */
#ifndef GORDIAN_COND_H
#define GORDIAN_COND_H

#include "acquire.h"
#include "blocking.h"
#include "cond_order.h"
#include "unwound.h"

struct cond_wait {
	struct thread *self; /* NULL: nothing to record */
	const void *cond;
	uint16_t op;   /* of waiting for it */
	bool released; /* the mutex is to be recorded again */
	bool shared;   /* the condition, by processes */
	bool in_vain;  /* cond_waits_again */
	bool woken;    /* it has come back without an error, and not for lack of time */
	struct acquire again;
	struct trace_node *node; /* of the wait, when other locks are held; else NULL */
	uint64_t begun;
	struct outer_wait outer;
	struct blocking blocking; /* as for the outer locks */
};

/* op: enum trace_op of waiting for the condition; again: the acquisition at the end. */
void cond_wait_begin(struct cond_wait *wait, const void *cond, uint16_t op, struct acquire again);
void cond_wait_end(void *wait); /* also when it was cancelled */

/* The part that is the same for every kind of condition, GLib's too: the published wait, the mutex
 * taken again if it was `released`, and the time. */
void cond_wait_publish(struct cond_wait *wait, const void *cond, uint16_t op);
void cond_wait_over(struct cond_wait *wait);

#define COND_WAIT(cond_, mutex_, op_, again_, call) \
	do { \
		struct acquire again = ACQUIRE_HERE(mutex_, again_); \
		struct cond_wait wait; \
		struct unwound cleanup; \
		int result; \
		cond_wait_begin(&wait, cond_, TRACE_OP_##op_, again); \
		UNWOUND_BEGIN(&cleanup, cond_wait_end, &wait); \
		result = call; \
		wait.woken = result == 0; \
		unwound_end(&cleanup); \
		return result; \
	} while (0)

/* A signal or broadcast, before it is made. op: enum trace_op. */
void cond_signalled_slowly(const void *cond, uint16_t op, const void *site, const void *frame);

static inline void cond_signalled(const void *cond, uint16_t op, const void *site,
				  const void *frame)
{
	struct thread *self = current_thread;

	if (unlikely(!self || !tree_give_fast(self, cond, site, frame, op)))
		cond_signalled_slowly(cond, op, site, frame);
}

/* glibc 2.25 to 2.36: bit 0 of the counter of waiters. */
static inline bool cond_is_shared(const void *cond)
{
	return ((const pthread_cond_t *)cond)->__data.__wrefs & 1;
}

/* The rest of it: threads that are in a wait, or on their way out of one. */
static inline bool cond_is_waited_for(const void *cond)
{
	return ((const pthread_cond_t *)cond)->__data.__wrefs >> 3 != 0;
}

static inline bool time_is_valid(const struct timespec *until)
{
	return until->tv_nsec >= 0 && until->tv_nsec < 1000000000;
}

#endif
