/*
 * Threads that only did what one before them did, and have no record of their own: so a program
 * that makes a thread for each request leaves as much as one that makes a few.
 *
 * Of those looked at, created at one place by one thread, all that is known is which mutexes,
 * reader-writer locks, spin locks and semaphores that are locks they took inside which, and when
 * their creator made and joined them. They created, joined, waited for nobody; if they signalled,
 * no event tells when, as of conditions that were signalled so often that they order nothing
 * (sync.c): what is left of that are situations, its own and that under whose lock it was. The
 * locks that they made are gone, and had records that stand for others, too (pool.h), or were onces
 * that only they called (alone.h), or that only they and their creator took (between.h); nothing
 * else in the trace names them. Two that took the same locks in the same ways at the same stacks,
 * for the first time in the same order, are of one kin. What one of them did counts on the record
 * of another, which stands for both, where nothing that is recorded can tell the difference:
 *
 * - A thread that is joined by its creator, if the other one had been joined before it was made,
 *   and since then until it was joined the creator took nothing inside anything, joined none but
 *   their kin, neither waited for nor woke anybody, which it would not have come to had the first
 *   one not ended, and made others only at the same place, of which none did more or was joined by
 *   anybody else: that is waited for (brood.h). Those seem to be at the same time as one that did
 *   what both did; so it is the last that had been joined: then there are at no such time more
 *   records than threads. A join that is a situation (alone.h) becomes one of the record's, at any
 *   time from the first to the last of these: nobody who is waited for in between can tell the
 *   difference.
 *
 * - A thread that is joined by its creator, in turn: if the other one had been joined before
 *   it was made, and so had all that were made after that one, and none was made until it
 *   was joined; of all these none did more, or was detached; and its creator has done
 *   nothing that orders threads since it made the other one (posted, signalled, waited, come
 *   back from a once, forked), but make these and join them; and what it took from when it
 *   made the one until it joined it, if that was anything inside something, it took while
 *   the other one was there, too. Then the record stays as it is. Whatever comes at the same
 *   time as the new one, did so with the other one: it is not of these threads, so it was
 *   there before the other one was made, or comes of what was, and nothing has told it since
 *   that this one had ended (to know that is to come after what its creator did next, which
 *   was to make another of these). And it is the new one that is missing: so nothing is at
 *   the same time that was not.
 *
 *   Detached ones that were made since that one may still be there when the new one is made, if
 *   they turn out to do no more than others of their kin, on whose records they count (below):
 *   that is waited for. All that stand for such were made before the other one, or it would not do
 *   (brood_note_detached), and nobody knows that they are over: so they are at its time, too.
 *
 *   Of such a thread nothing is left, no epoch of its creator means anything by it. So what the
 *   creator takes before and after it is one span (spans.c).
 *
 * - Several that are joined by their creator and were made together (rounds.h). Only these may have
 *   waited for others.
 *
 * - A detached thread, if others of its kin that were detached, too, had been made before it.
 *   Whatever comes at the same time as the new one, comes at the same time as each of these.
 *   Only such ones may have been made by a thread that held something (guarded.h).
 *
 * Of their kin, more must be left than can have a part in one circle: in each of its steps a thread
 * takes another lock inside others, and behind a writer who waits there may be a reader.
 *
 * The record, and the nodes, of the thread that needs them no longer are kept for the next one that
 * is created at the same place; and what says that it signalled, which says so of the other until
 * then.
 */
#ifndef GORDIAN_TWINS_H
#define GORDIAN_TWINS_H

#include "families.h"
#include "recorder.h"

/* A record of that type is about to be written by the calling thread. */
void twins_written(enum trace_type type);
/*
 * The thread signals a condition that nothing is ordered by (sync.c). True: no event is to tell
 * when it did, as it is to stay what may be a twin. Not more often than a short-lived thread does.
 */
bool twins_may_signal(struct thread *self);
/* The record that says that it did so under that node, or one that may: it is to. NULL: there is
 * none. */
struct trace_signal *twins_signal(struct thread *self, uint32_t section);
/* The thread has a record of that. */
void twins_signalled(struct thread *self, const struct trace_signal *signal);
/* The record that says that it waited for what no event tells, from its next epoch on, if it has
 * one that it may use; NULL. */
struct trace_blind *twins_blind(struct thread *self);
/* It has written that. */
void twins_blinded(struct thread *self, const struct trace_blind *blind);
/* A node of the thread was made, or is used again. */
void twins_node(struct thread *thread, uint32_t node, uint16_t op);
/*
 * The node that is to be the thread's own, for one that it knows: one that was another's may only
 * be met in turn, as a thread's nodes are in the order in which they were met first. 0: none.
 */
uint32_t twins_in_turn(struct thread *thread, uint32_t node);
/* Where nodes of the thread go next: behind those that it has. Under the recorder's lock. */
struct trace_cursor *twins_cursor(struct thread *thread);

/* Something that may tell what came before it from what came after it. */
static inline void twins_mark(struct thread *self)
{
	struct twin *twin = &self->twin;

	if (twin->quiet == self->handler_count + 1) {
		twin->marked_alone = self->epoch + 1;
		return;
	}
	twin->marked = twin->ordered = self->epoch + 1;
	twin->dirty = true;
}

/* It takes that inside something: of a mutex, a reader-writer lock or a spin lock that tells nobody
 * what is before it; nor does a signal, or a wait, of a condition that is no event (sync.h). */
static inline void twins_nested(struct thread *self, uint16_t op)
{
	const uint32_t ordered = self->twin.ordered;
	const uint16_t kind = op_kind(op);

	twins_mark(self);
	if (kind == TRACE_LOCK_mutex || kind == TRACE_LOCK_rwlock || kind == TRACE_LOCK_spin ||
	    kind == TRACE_LOCK_condition)
		self->twin.ordered = ordered;
}

/* It meets that node for the first time in this epoch. */
void twins_met(struct thread *self, const struct trace_node *node);
/* Sum of what it took since it last made a thread, that one, but for what it did with locks that
 * only they took, which is described elsewhere (between.h). Under the recorder's lock. */
uint64_t twins_taken(const struct thread *self, uint32_t child);

/* It is about to fork: what it has done so far is before all that its child does. */
static inline void twins_fork(struct thread *self)
{
	self->twin.ordered = self->epoch + 1;
}

/* It takes something inside nothing: if it is waited for itself, that is as if inside its end. */
static inline void twins_took(struct thread *self)
{
	if (!self->twin.quiet)
		self->twin.took = self->epoch + 1;
}

/* What the thread does next, but for signal handlers, is of no note if a once stays alone. */
static inline void twins_begin_quiet(struct thread *self, bool quiet)
{
	self->twin.quiet = quiet ? self->handler_count + 1 : 0;
}

static inline void twins_end_quiet(struct thread *self)
{
	self->twin.quiet = 0;
}

/* The thread runs a once that is alone, of that lock record. Under the recorder's lock. */
void twins_alone(struct thread *thread, uint32_t lock);
/* A once that is alone no longer concerns that thread. The same. */
void twins_settled_once(uint32_t thread);
/* The thread makes a lock. */
void twins_made(struct thread *thread, uint64_t address);
/* A lock has a record of its own, which names the thread that made it. */
void twins_named(uint32_t maker);

/* Something else knows this thread. */
static inline void twins_exclude(struct thread *thread)
{
	thread->twin.excluded = true;
}

/* All that follow: under the recorder's lock. */

/* Before the thread is created: none of what follows has happened yet. */
void twins_begin(const struct thread *creator, struct thread *child);
/* At its end: whether all that it did is in its nodes. */
bool twins_may_have(const struct thread *self);

/* Before the creator's epoch ends. The record of a thread that was created there, with its nodes;
 * NULL: none is free. */
struct trace_thread *twins_created(struct thread *creator, struct thread *child, uint32_t stack);
/* It has that record. */
void twins_follow(const struct thread *creator, uint32_t child);
/* It could not be created. */
void twins_abandoned(struct thread *child);
/* It has ended, and its counts are in its nodes. `handle`: its own. */
void twins_ended(struct thread *self, pthread_t handle);
/* The thread of that number, which counts on another one's record, has one again. */
void twins_uncount(uint32_t number);
/* That creation has returned in its creator, the thread was detached: it may have ended before. */
void twins_settled(uint32_t thread, pthread_t handle);
/* Before the epoch of the join begins. join: its node; NULL: none. True: it does not matter to the
 * kin of the thread. */
bool twins_joined(struct thread *self, uint32_t thread, pthread_t handle,
		  const struct trace_node *join);
/* 0, or a thread: if it has ended, it does something more, or something else names it. */
void twins_forget(uint32_t thread);
/* The same for one that cannot stand for others yet. False: nothing was known of it. */
bool twins_forget_waiting(uint32_t thread);
/* A new trace. */
void twins_reset(void);
void twins_watch_reset(void);

#endif
