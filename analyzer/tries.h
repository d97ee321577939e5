/*
 * What tries were, and waits with a time limit. Of most locks: for who was seen to ask again and
 *again, holding on to what it held, it was a wait (preload/again.h), unless it was also seen to
 *give up.
 *
 * What successful tries of semaphores were: some programs try first in order to wait. For them a
 * try that succeeded is a request, like a wait that did not take long; for the others it is none.
 *
 * The evidence are tries that failed (struct trial): followed by a wait for the same semaphore, or
 * by something else. It is asked for from near to far, and the first that there is decides:
 *
 *	of this situation
 *	of this semaphore, tried with this call stack, by any thread and holding anything
 *	of this place: were tries from here ever followed by a wait? CPython's locks are known to be
 *
 * Evidence for both says that it is not always a request, so that the try is taken as one only. A
 * wait that follows a failed try is an acquisition by itself, whatever is decided here.
 *
 * In CPython each thread holds a lock from its start to its end, its first; who tries that asks
 * whether the thread is alive. For it only the first kind of evidence counts.
 */
#ifndef GORDIAN_TRIES_H
#define GORDIAN_TRIES_H

#include "symbols.h"

enum try_meaning {
	TRY_ONLY,
	TRY_REQUEST, /* would have waited */
	TRY_TIMED,   /* would have waited for a bounded time */
};

/* The TRACE_OP_ flags of an operation of that meaning. */
static inline unsigned try_flags(uint16_t op, enum try_meaning meaning)
{
	unsigned flags = op_flags(op);
	if (meaning != TRY_ONLY)
		flags &= ~(TRACE_OP_TRY | TRACE_OP_TIMED);
	return meaning == TRY_TIMED ? flags | TRACE_OP_TIMED : flags;
}

/* One of enum try_meaning for each node; NULL: all are TRY_ONLY. The caller frees it. */
unsigned char *tries_judge(const struct model *model, struct symbols *symbols);

/* Whether who tries a semaphore there then waits for it, whatever was recorded. */
bool tries_are_requests(struct symbols *symbols, uint32_t stack);

#endif
