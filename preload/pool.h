/*
 * Records that are used again. A lock inside which nothing was ever taken cannot be part of a
 * circle any more once it is dead: its record, and the nodes that name it, are given to the next
 * lock that is made at the same place, and go on counting there. So short-lived locks cost nothing
 * in the trace, and what was counted of them is the statistics of the place.
 *
 * Sound, because a circle needs a lock inside which another is taken. The first time that this
 * happens in a life on a used record, the lock gets a record of its own, and what it did in this
 * life so far moves there (nesting.h). So what is recorded inside and outside of one record's
 * locks is what one single life did.
 *
 * A lock inside which something was taken matters for ever, also when it is dead, but not each of
 * ten thousand of which the same is true: the same threads took it, in the same epochs, at the same
 * stacks, inside and outside of the same locks. Of equal lives the first few are kept as they are
 * (so many, because two such locks are two gates, see MOST_ALIKE); the record of a further one is
 * used again by locks that do the same, or less. As soon as one does something else, it passes to
 * another used record that fits, or to one of its own. When that was is no matter where all that
 * was nested in a life was one thread's: nobody else can have waited for such a lock with another
 * one held, nor have held it as a gate, and the epochs in which its thread did that with each of
 * them are those of the record's nodes, as they would be if all were one lock.
 *
 * Of a semaphore that turned out to be no lock nothing matters: the next one of its place has its
 * record for the time being (provisional.h).
 *
 * A place is the stack of the creation. Locks in modules, whose address is their name, only follow
 * one another at the same address. Locks that other processes share, or that have a label, stay as
 * they are. Under the recorder's lock.
 */
#ifndef GORDIAN_POOL_H
#define GORDIAN_POOL_H

#include "locks.h"

/* The lock is dead: its record may be used again. */
void pool_put(struct lock *lock);
/* The same for a lock that lives on, with another record. */
void pool_keep(const struct lock *lock);
/*
 * Gives the lock another used record of its place, the first for which fits(ref, context) is true,
 * of those inside whose locks something was taken; or one that may have any of the others, that.
 * That thread's own come first. Its own goes back. False: there is none.
 */
bool pool_exchange(struct lock *lock, uint32_t thread, bool (*fits)(uint32_t ref, void *context),
		   void *context);
/* A new trace: the patterns were of the old one. */
void pool_reset(void);
/* Whether that would be the one of the lock at its address before, that was a semaphore and no
 * lock.
 */
bool pool_has_same(const struct lock *lock);
/* A record for a new lock that this thread is the first to use: sets lock->ref and lock->lives.
 * False: there is none. */
bool pool_take(struct lock *lock, const struct thread *self);

#endif
