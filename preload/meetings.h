/*
 * What threads do with objects that order them (sync.h), where only those of rounds (rounds.h) of
 * one creator have an object, and that itself, and all of a round are joined before the next one: a
 * semaphore that one hands to the other, a condition that one signals to the other. Where a round
 * did what an earlier one had done, with the same events in the same epochs of its threads, its
 * events and tallies are used again, and it leaves nothing.
 *
 * In every schedule all that a round does with it is over before the next one begins, as the
 * creator has joined its threads. But who came too late to wait, or had nothing to wait for, may
 * leave a unit behind, or a signal, in each of the rounds: whoever needs some later would be said
 * to need those of whom he saw, told from too few. So from then on the object orders nothing
 * (TRACE_LOCK_FEWER), as it hardly does where each of many rounds is recorded: what another one
 * gave may come in place of what was needed. But what others do with it is recorded as ever, and so
 * is who keeps a lock from those who could let them go on: they are those of the rounds that
 * stayed, too, and as many units are left as there were, if each round leaves the object as it was:
 * as many units of a semaphore are posted as are taken, by all of a round, and by all that there
 * have been. Rounds go on to leave nothing where nobody else was at the object meanwhile, and then
 * whatever units there were before.
 *
 * What the creator did itself is left as it is, but for posts and takes while the threads of a
 * round that leaves nothing were there. The locks that it took then it seems to have taken while
 * none of these threads were there; it took the same in one that stayed, as much before and after
 * what it did with them. Who takes what all of his threads post has to wait for each of them, and
 * of that more can be told than of others, as long as all is counted (sync.h). So such rounds stay
 * until that will hardly be so any more (mid_round.h). Where he takes more of one than of another,
 * they stay.
 *
 * Who takes a unit of a semaphore by trying to might not have got it: then the round would have
 * left one behind. So those of such a one stay.
 *
 * Who waits for a semaphore for a bounded time goes on without a unit, too, so nothing is ordered
 * by that, and it is not counted. Where nobody takes a unit in another way, all that is known of
 * the semaphore is by whom it was posted, and that orders nothing: it does not matter how often it
 * was.
 *
 * Who waits while he holds a lock is a question of its own (wait-holding), of all who have the
 * object: so one of which that is so stays as it is.
 *
 * All under the recorder's lock.
 */
#ifndef GORDIAN_MEETINGS_H
#define GORDIAN_MEETINGS_H

#include "ended.h"

/* Before the thread is the first time counted with that lock. */
void meetings_admit(const struct thread *self, uint32_t lock);
/* It did something with that, once more. */
void meetings_count(const struct thread *self, const struct trace_tally *tally);

/*
 * Whether all that was done with the object is that threads which the first thread made said by a
 * post that they had begun, before they did anything else, and that this took units then, holding
 * nothing. Then it orders nothing that is not known: nothing but their creation is before these
 * posts. If some of what was taken is no event any more, it need not be known of the next ones,
 * either, that they post: all that is said of the object takes all posts into account, or none.
 */
bool meetings_only_begin(uint32_t lock);

/* Records, to be filled in; NULL: no space. again: whether it was one before. */
struct trace_event *meetings_event(bool *again);
struct trace_tally *meetings_tally(void);
/* NULL: none is free. */
struct trace_across *meetings_across(void);
void meetings_wrote_across(struct thread *self, const struct trace_across *across);
/* The kind is the last thing to be known of them. */
void meetings_wrote_event(struct thread *self, struct trace_event *event, uint16_t kind);
void meetings_wrote_tally(struct thread *self, struct trace_tally *tally, uint16_t kind);

/* What it did so is part of what tells it from others. */
void meetings_describe(struct ended *ended, const struct twin *twin);
/* What it did counts as another one's. */
void meetings_leave(const struct ended *ended);

/* That thread has ended, and may have no twin. */
void meetings_end(uint32_t thread, const struct twin *twin);
/* Its creator joins it. ended: NULL: it may have none. */
void meetings_joined(uint32_t joiner, uint32_t thread, const struct ended *ended);

struct meetings {
	uint32_t count; /* of threads */
	struct ended *const *members;
	uint32_t own_count;
	const uint32_t *own; /* events of their creator, posts and takes, meanwhile */
};

/* What their creator did meanwhile counts as before. By that. */
void meetings_leave_own(struct thread *creator, const struct meetings *round);

static inline bool meetings_any(const struct ended *ended)
{
	return ended->event_count || ended->tally_count;
}

/* That creator has joined all of a round. False: others have what they had, too, or it is not as it
 * was. */
bool meetings_settle(uint32_t creator, const struct meetings *round);
/* Whether anybody counted as another one with that lock. */
bool meetings_is_relied_on(uint32_t lock);
/* Whether others counted as earlier ones with all these objects. */
bool meetings_are_relied_on(const struct meetings *round);
/* They do, from that epoch of their creator on. */
void meetings_rely_on(const struct meetings *round, uint32_t epoch);
/* A new trace. */
void meetings_reset(void);

#endif
