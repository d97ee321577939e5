/*
 * What orders threads beside their creation and their end: semaphores that only order, barriers,
 * conditions, one-time initialisations, annotations. Written down are *events* (trace_format.h,
 * event): a release before the call that makes it, an acquire after the call that had to wait for
 * it. Each is a step from one epoch to the next, so that it is known of every acquisition of a lock
 * on which side of the event it was. What follows from it is for the analysis to say, which looks
 * for what must be so in every schedule; for that it has to know how often a thread did something
 * (tally): an object of which anything went uncounted is marked (TRACE_LOCK_UNCOUNTED).
 *
 * Bounded. Of each thread, object and kind the first few events are written; afterwards its tally
 * says that there were more, and it costs a look at what the thread remembers. The like for all of
 * a thread, and of an image; of objects made at one place the first few have events. Waits with a
 * lock held that have none are not lost in silence (sync_closed.h).
 *
 * What a handler does that interrupts the recorder is not counted: the object orders nothing then.
 */
#ifndef GORDIAN_SYNC_H
#define GORDIAN_SYNC_H

#include "acquire.h"
#include "sync_closed.h"

enum { SYNC_MOST_EVENTS = 256 }; /* of one thread, object and kind */

struct sync {
	const void *object;
	const void *site, *frame;
	uint16_t kind; /* enum trace_event_kind */
	uint16_t lock; /* enum trace_lock_kind of the object */
	uint16_t act;  /* enum trace_act or enum trace_op: what is called */
	uint32_t node; /* to be written in place of what is held; 0: none. Of a signal, also where
			  that is vague only as nobody has waited yet */
	bool shared;   /* by processes: then it orders nothing that could be told */
	bool vague; /* a release that is counted, but of which nothing can be said to be before */
};

/* For `self` as it is for the caller, NULL too. Before the call that releases, after the one that
 * acquired: which of the two it is, the kind says. */
void sync_note_slowly(struct thread *self, const struct sync *sync);

static inline void sync_note(struct thread *self, const struct sync *sync)
{
	if (!self || !sync_is_closed(self, sync->object, sync->kind))
		sync_note_slowly(self, sync);
}

/*
 * There will be events of that object and kind: gets it a record of its own now. False: there will
 * not. Under the recorder's lock.
 */
bool sync_admit(struct thread *self, const struct sync *sync, struct stack *stack);

/* It turned out that the semaphore only orders. Once enough such were made at its place, nothing is
 * to be noted of it (locks_is_silent). Under the recorder's lock. */
void sync_expect(const void *object);

/* The thread took that semaphore when it was still thought to be a lock. That counts, but is no
 * event: when it was nobody wrote down. Not with the recorder's lock. */
void sync_count_taken(struct thread *self, const void *semaphore);

/* That event of the thread, the last one of its kind with that object, is no more: nor is it
 * counted. Under the recorder's lock. */
void sync_uncount(struct thread *self, const struct trace_event *event);

/* The thread was let go on by something that is no event, as a wait with a limit of time. The same.
 */
void sync_blind(struct thread *self);

/* Something was done with the object that went unseen: it orders nothing. The same. */
void sync_lose(struct thread *self, const void *object);

/* The thread has taken, by the node self->came, what may hold news for it (news.h). The same. */
void sync_came(struct thread *self);

/* The usual case: what was called is an operation on the object. */
static inline void sync_note_at(struct thread *self, const struct acquire *acquire, uint16_t kind,
				uint16_t lock)
{
	sync_note(self, &(struct sync){
				.object = acquire->lock,
				.site = acquire->site,
				.frame = acquire->frame,
				.kind = kind,
				.lock = lock,
				.act = acquire->op,
			});
}

/* A new trace: nothing is written yet. Under the recorder's lock. */
void sync_reset(void);

#endif
