/*
 * Semaphores by which a thread tells others that it has ended, as CPython's threads do
 * (Thread._tstate_lock): the thread makes it, with one unit, takes it at once, before anybody else
 * knows it, and gives it back as nearly the last thing it does. Who joins the thread takes it, and
 * gives it back. Used so it is a lock, and is recorded as one; but whoever takes it comes after
 * what the thread did until it gave it back.
 *
 * Noted is what the analysis needs to know (analyzer/latches.h): that a thread, not the first one,
 * gives back a semaphore (event opened) that it took as the first of all, while it held nothing
 * else, in the epoch in which it made it, and as the newest that it had made; and who takes it then
 * (event through).
 */
#ifndef GORDIAN_LATCH_H
#define GORDIAN_LATCH_H

#include "sync.h"

extern bool latch_any; /* there has been one */

/* The thread made a semaphore that starts at 1, for its process alone. */
static inline void latch_made(struct thread *self, const void *semaphore)
{
	self->latch.made = semaphore;
	self->latch.epoch = self->epoch;
}

/* Outlined. */
void latch_look(struct thread *self, const struct acquire *acquire);
void latch_pass(struct thread *self, const struct acquire *acquire);
void latch_open(struct thread *self, const struct sync *posted);

/* The thread has got a semaphore, as a lock, for which its situation was not known: before that is
 * recorded. */
static inline void latch_taking(struct thread *self, const struct acquire *acquire)
{
	if (unlikely(self->latch.made == acquire->lock))
		latch_look(self, acquire);
}

/* After that. What it wanted, it wanted before. */
static inline void latch_taken(struct thread *self, const struct acquire *acquire)
{
	if (unlikely(latch_any) && self->latch.taken != acquire->lock)
		latch_pass(self, acquire);
}

/* It is about to give back a semaphore that it held. */
static inline void latch_posting(struct thread *self, const void *semaphore, const void *site,
				 const void *frame)
{
	const struct sync posted = {
		.object = semaphore,
		.site = site,
		.frame = frame,
		.kind = TRACE_EVENT_opened,
		.lock = TRACE_LOCK_semaphore,
		.act = TRACE_ACT_sem_post,
	};

	if (unlikely(self->latch.taken == semaphore))
		latch_open(self, &posted);
}

#endif
