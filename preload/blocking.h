/*
 * Calls that block while the thread holds a lock (rule blocking-under-lock). While nothing is held
 * a wrapper of such a call looks at two words and jumps. Else it reads the cycle counter before and
 * after.
 *
 * A call that never returns, because the thread is cancelled in it, is not noted. Nothing is done
 * for a thread that has not taken a lock yet.
 */
#ifndef GORDIAN_BLOCKING_H
#define GORDIAN_BLOCKING_H

#include "recorder.h"

struct blocking {
	struct thread *self; /* NULL: nothing is held */
	uint32_t depth;	     /* how many locks are held all the time */
	uint64_t since;	     /* ticks */
};

struct blocking blocking_begin(struct thread *self);
/* Notes it when it took too long. Keeps errno. */
void blocking_end(const struct blocking *blocking, uint16_t act, const void *site,
		  const void *frame);

/* The act of a condition wait that ends with this operation. */
uint16_t blocking_wait_act(uint16_t op);

/* The whole body of a wrapper. The result may be of any type. */
#define BLOCKING(act_, call) \
	do { \
		struct thread *self = current_thread; \
		if (likely(!self || self->top < self->entries)) \
			return call; \
		BLOCKING_UNDER_LOCK(self, act_, call); \
	} while (0)

#define BLOCKING_UNDER_LOCK(self_, act_, call) \
	do { \
		const struct blocking blocking = blocking_begin(self_); \
		__auto_type result = call; \
		blocking_end(&blocking, TRACE_ACT_block_##act_, CALL_SITE, CALL_FRAME); \
		return result; \
	} while (0)

#endif
