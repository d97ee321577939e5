/*
 * Deadlocks as they happen. A thread that is about to wait has published what it waits for; then it
 * looks who has that, and what that thread waits for, and so on. When the walk comes back to where
 * it began, nobody in it ever goes on by himself, and that is recorded (trace_format.h, deadlock),
 * whatever becomes of it later.
 *
 * Of the threads of a circle the last to publish its wait finds all others there (a full fence lies
 * between publishing and looking, in each of them), so every circle is found, and by no more than
 * those who published at the same time.
 *
 * Nothing is claimed that could end otherwise: waits with a limit end a walk, and so do semaphores,
 * conditions, barriers and file locks, which others than a holder can end. A join that can be
 * cancelled (cancel.h) is recorded, but ends no program: whether anybody is left who could is for
 * others to tell, who see what all threads do.
 */
#ifndef GORDIAN_DEADLOCK_H
#define GORDIAN_DEADLOCK_H

#include "recorder.h"

/* The thread has published its wait. Most of the time one look at another thread, without locks. */
void deadlock_look_around(struct thread *self);

/* Who holds nothing, and whose end nobody waits for, is in no circle. */
static inline void deadlock_look(struct thread *self)
{
	if (unlikely(thread_depth(self) || self->awaited))
		deadlock_look_around(self);
}

/* Somebody is about to wait for the end of the thread with that record. Under the recorder's lock.
 */
void deadlock_await(uint32_t thread_ref);

/* A new trace. */
void deadlock_reset(void);

#endif
