/*
 * What is taken inside what, as far as it decides whose record is whose (pool.h). For the slow path
 * of the tree, under the recorder's lock.
 */
#ifndef GORDIAN_NESTING_H
#define GORDIAN_NESTING_H

#include "tree.h"

/*
 * Something is about to be taken inside all that the thread holds: locks on used records get their
 * own. Before the parent of the new node is looked at.
 */
void nesting_begin(struct thread *self);

/* What the thread holds are the nodes of the records that its locks have now. */
void nesting_follow(struct thread *self);

/* A provisional lock (provisional.h) is one: it is to have another record. */
void nesting_settle(struct thread *self, struct lock *lock);

/* The lock is to have a record of its own. */
void nesting_own(struct thread *self, struct lock *lock);

/* How many locks have passed to other records so far. */
uint32_t nesting_passages(void);

/* What was put off is noted (repeats.h). */
void nesting_collect(void);

/* The life of the lock ends. */
void nesting_forget(struct lock *lock);
/* Gives it a record of its own, whose past does not matter. */
void nesting_renew(struct lock *lock);
/* It turned out to be no lock, and is to leave a used record, whose past does matter. */
void nesting_part(struct lock *lock);
/* What its life was: equal for lives that did the same. 0: not known. */
uint64_t nesting_pattern(const struct lock *lock);
/* Whether all that was nested in its life was one thread's. */
bool nesting_is_one_threads(const struct lock *lock);
/* The record is to stand for such lives, at whatever time they are. */
void nesting_is_steady(uint32_t record);
/* A new trace. */
void nesting_reset(void);
/* The thread that was the first in this life to take it inside others, or others inside it. 0: not
 * known. */
uint32_t nesting_first(const struct lock *lock);

/*
 * The lock was taken inside others, or as the writer that readers wait behind, as this node says.
 * Remembers it, should the lock need a record of its own. Returns the node, or the one that stands
 * for it now.
 */
struct trace_node *nesting_note(struct thread *self, const void *address, struct trace_node *node);

#endif
