/*
 * Records that are used again. A lock inside which nothing was ever taken cannot be part of a
 * circle any more once it is dead: its record, and the nodes that name it, are given to the next
 * lock that is made at the same place, and go on counting there. So short-lived locks cost nothing
 * in the trace, and what was counted of them is the statistics of the place.
 *
 * Sound, because a circle needs a lock inside which another is taken. The first time that this
 * happens in a life on a used record, the lock gets a record of its own, and what it did in this
 * life so far moves there (nesting.h). So all that was ever taken inside a record's lock, and all
 * that this lock was taken inside of before that, is of one life.
 *
 * A place is the stack of the creation. Locks in modules, whose address is their name, only follow
 * one another at the same address. Locks that other processes share, or that have a label, stay as
 * they are. Under the recorder's lock.
 */
#ifndef GORDIAN_POOL_H
#define GORDIAN_POOL_H

#include "locks.h"

/* The lock is dead: its record may be used again. */
void pool_put(const struct lock *lock);
/* The same for a lock that lives on, with another record. */
void pool_keep(const struct lock *lock);
/* A record for a new lock: sets lock->ref and lock->lives. False: there is none. */
bool pool_take(struct lock *lock);

#endif
