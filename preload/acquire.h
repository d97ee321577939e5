/*
 * The three shapes of an interposed lock call. Each macro is the whole body of an interposer: it
 * makes the real call, records, and returns the result.
 *
 * `taken` is a guess whether the call will have to wait, made from the lock's own memory. It
 * decides about time stamps only: a wrong "free" is an untimed wait (still published through
 * `want`), a wrong "taken" a very short one.
 */
#ifndef GORDIAN_ACQUIRE_H
#define GORDIAN_ACQUIRE_H

#include "again.h"
#include "families.h"

#include <errno.h>
#include <threads.h>

/* Publishes what the thread is about to wait for; returns the time. */
uint64_t wait_begin(struct thread *self, const struct acquire *acquire);
/* The same for a condition, by that operation, whose mutex is taken again at the end. */
uint64_t wait_begin_cond(struct thread *self, const struct acquire *again, uint16_t op,
			 const void *cond);
/* The same for anything else that a call at that place waits for. */
struct wanted {
	uint64_t object; /* address of a lock, or what stands for one (trace_format.h, held.want) */
	uint64_t mutex;	 /* of a condition; else 0 */
	uint32_t stack;	 /* stack reference */
	uint16_t op;	 /* enum trace_op */
};
uint64_t wait_publish(struct thread *self, const struct wanted *wanted, const void *site,
		      const void *frame);
/* Returns how long it took, at least 1. The lock stays published, as one that is being taken. */
uint64_t wait_end(struct thread *self, uint64_t begun);

/* For an acquisition at that frame, when a wait is published (want_since). What was left behind by
 * a call that is over, as after a siglongjmp, is dropped. */
void wait_put_aside(struct thread *self, const void *frame, struct outer_wait *outer);
void wait_take_back(struct thread *self, const struct outer_wait *outer);

/* Around every call that may wait and publishes that: first, and when nothing is wanted any more.
 */
static inline void wait_enter(struct thread *self, const void *frame, struct outer_wait *outer)
{
	outer->since = 0;
	if (unlikely(self->held->want_since))
		wait_put_aside(self, frame, outer);
}

static inline void wait_leave(struct thread *self, const struct outer_wait *outer)
{
	self->held->want = 0;
	if (unlikely(outer->since))
		wait_take_back(self, outer);
}

#define ACQUIRE_HERE(lock_, op_) \
	{ \
		.lock = (lock_), .site = CALL_SITE, .frame = CALL_FRAME, .op = TRACE_OP_##op_, \
	}

/* What a call returns when the time is over. */
#define TIMED_OUT(op) ((op) == TRACE_OP_mtx_timedlock ? (int)thrd_timedout : ETIMEDOUT)

/* got: an expression of `result`: whether the lock was newly acquired. */
#define ACQUIRE(lock_, op_, taken, got, call) \
	ACQUIRE_AT(lock_, op_, CALL_SITE, CALL_FRAME, taken, got, call)

/* For an outlined part of an interposer, which was given the place. */
#define ACQUIRE_AT(lock_, op_, site_, frame_, taken, got, call) \
	do { \
		const struct acquire acquire = {(lock_), (site_), (frame_), TRACE_OP_##op_}; \
		struct thread *self = thread_self(); \
		struct outer_wait outer; \
		uint64_t waited = 0; \
		int result; \
		if (unlikely(!self)) \
			return call; \
		/* Of another lock's, or of the recorder's own. */ \
		if (unlikely(self->busy >= THREAD_RECORDER)) { \
			thread_nested(self); \
			return call; \
		} \
		wait_enter(self, acquire.frame, &outer); \
		self->held->want = (uintptr_t)(lock_); \
		if (unlikely(taken)) { \
			uint64_t begun = wait_begin(self, &acquire); \
			result = call; \
			waited = wait_end(self, begun); \
		} else { \
			result = call; \
		} \
		if (likely(got)) { \
			tree_acquire(self, &acquire, waited); \
			again_got(self, acquire.lock, acquire.op); \
		} else { \
			self->held->want = 0; \
			if (result == TIMED_OUT(acquire.op) && op_is_timed(acquire.op)) \
				again_refused(self, &acquire); \
		} \
		if (unlikely(outer.since)) \
			wait_take_back(self, &outer); \
		return result; \
	} while (0)

/* Like ACQUIRE for a call that never waits. */
#define TRY(lock_, op_, got, call) TRY_OR(lock_, op_, got, false, call)

/* refused: an expression of `result`: whether the lock is taken. */
#define TRY_OR(lock_, op_, got, refused, call) \
	do { \
		struct thread *self = current_thread; \
		int result; \
		if (self && tree_try_is_new(self, (lock_), CALL_SITE, CALL_FRAME, TRACE_OP_##op_)) \
			tree_prepare_try(self, (lock_), CALL_SITE, CALL_FRAME, TRACE_OP_##op_); \
		result = call; \
		self = current_thread; \
		if (got) { \
			if (self && !self->asked.open && \
			    tree_acquire_quick(self, (lock_), CALL_SITE, CALL_FRAME, \
					       TRACE_OP_##op_)) \
				return result; \
			const struct acquire acquire = ACQUIRE_HERE(lock_, op_); \
			if ((self = thread_self())) { \
				tree_acquire(self, &acquire, 0); \
				again_got(self, acquire.lock, acquire.op); \
			} \
		} else if ((refused) && self) { \
			const struct acquire acquire = ACQUIRE_HERE(lock_, op_); \
			again_refused(self, &acquire); \
		} \
		return result; \
	} while (0)

/*
 * ACQUIRE for the calls that are made most, which are 0 on success: as little as possible is kept
 * across the real call. `slowly`: a call of the outlined rest, an ACQUIRE_AT, which is right for
 * every case; `taken` may be true too often here.
 */
#define ACQUIRE_OFTEN(lock_, op_, taken, slowly, call) \
	do { \
		struct thread *self = current_thread; \
		int result; \
		if (unlikely(!self || (taken) || self->held->want_since)) \
			return slowly; \
		self->held->want = (uintptr_t)(lock_); \
		result = call; \
		if (likely(result == 0)) \
			return acquired(self, (lock_), CALL_SITE, CALL_FRAME, TRACE_OP_##op_); \
		self->held->want = 0; \
		return result; \
	} while (0)

/* Its second half, without having waited. Returns 0. */
int acquired(struct thread *self, const void *lock, const void *site, const void *frame,
	     uint16_t op);

/*
 * ACQUIRE for a lock that is sure to be got when it looks free, at once or (when another thread is
 * quicker) after a wait: recorded first, so that the real call is a tail call and nothing need be
 * kept across it. Until that has returned, the newest entry of the held stack is also what the
 * thread wants (trace_format.h). `call` is made with the function as it was found: a situation that
 * is known was met in `slowly`, which has looked it up.
 */
#define ACQUIRE_SURE(lock_, op_, unsure, slowly, call) \
	do { \
		struct thread *self = current_thread; \
		if (unlikely(!self || (unsure) || \
			     !tree_acquire_fast(self, (lock_), CALL_SITE, CALL_FRAME, \
						TRACE_OP_##op_))) \
			return slowly; \
		return call; \
	} while (0)

/* Recorded first: afterwards the lock may be somebody else's, or gone. */
#define RELEASE(lock_, last, call) \
	do { \
		struct thread *self = thread_self(); \
		if (likely(self && (last))) \
			tree_release(self, (lock_)); \
		return call; \
	} while (0)

/* RELEASE for the calls that are made most. `slowly`: a call of the outlined rest, a RELEASE. */
#define RELEASE_OFTEN(lock_, slowly, call) \
	do { \
		struct thread *self = current_thread; \
		if (unlikely(!self || !tree_release_top(self, (lock_)))) \
			return slowly; \
		return call; \
	} while (0)

#endif
