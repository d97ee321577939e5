/*
 * One-time initialisations that only one thread ever calls. std::async makes two for each of its
 * threads: in the one the thread runs the program's function, in the other whoever asks for the
 * result joins the thread.
 *
 * A once that lives in memory that the program gives back is alone from its first call on, made by
 * a thread that holds nothing, until another thread calls it. All is recorded meanwhile, but for
 * the event of its caller's return (sync.h): what that is after is what was done inside by others
 * (once_order.h, demand.h of the analysis), and nobody else has run it. The epoch ends all the
 * same. When another thread comes, before it waits or goes on, the once is as any other.
 *
 * One that is alone when it dies never had anybody wait for it but who ran it, and never kept
 * anybody out. So nothing that is taken inside it can be part of a circle by it, and it makes no
 * gate. Which one it was makes no difference then:
 *
 * - The thread that ran it may be another one's twin (twins.h) if what it did is the same but for
 *   the records of such onces. It is decided when they are dead.
 *
 * - Inside it another thread was joined, by one that held nothing else, and nothing else was done:
 *   then the join is one with nothing held, and recorded as that (the joiner may itself be waited
 *   for); and what the once leaves counts on the first one of its thread and place.
 *
 * The record that is no longer needed then, and the nodes that name it, of which none counts any
 * more, are the next one's that is made at that place by the same thread, or by the next that has
 * its record.
 *
 * Not C++'s local statics, GLib's onces, and others that threads may pass without a call.
 */
#ifndef GORDIAN_ALONE_H
#define GORDIAN_ALONE_H

#include "locks.h"
#include "once.h"

/* Before a call of a once, by whomever. */
enum alone_call {
	ALONE_NOT,
	ALONE_FIRST, /* it is alone */
	ALONE_KNOWN, /* and its caller has come back from it before */
};
enum alone_call alone_begin(struct thread *self, const struct once *once);
/* The initialiser is about to run. */
void alone_run(struct thread *self, const void *control);
/* It has run, or was left. */
void alone_left(struct thread *self, const void *control);
/* The call has returned, its node is that. True: that need not be recorded. */
bool alone_passed(struct thread *self, const void *control, const struct trace_node *node);
/* Nothing is held but a once that is alone, in which nothing else was done. */
bool alone_only(const struct thread *self);

/* All that follow: under the recorder's lock. */

/* Whether the node, of that thread, is one of a once that is alone. */
bool alone_is(const struct thread *thread, const struct trace_node *node);
/* The thread inside it joins that one: node, that of the join with nothing held. False: the once
 * has seen another join. */
bool alone_join(struct thread *self, uint32_t thread, const struct trace_node *node);
/* Uses the record that was written when an epoch ended inside one before. False: there is none. */
bool alone_across(struct thread *self);
/* That record was written. False: the thread is inside none. */
bool alone_crossed(struct thread *self);
/* Whether in these epochs, but for the last, the thread did something for one of its own that is
 * alone yet. */
bool alone_is_open(const struct thread *thread, uint32_t from, uint32_t to);
/* Whether a once that is alone is the thread's, or it was joined inside one. */
bool alone_concerns(uint32_t thread);
/* A record for the once. False: there is none to be used again. */
bool alone_take(struct lock *lock);
/* The life of the once ends. */
void alone_end(struct lock *lock);
/* A new trace. */
void alone_reset(void);

#endif
