/*
 * Who holds what while threads are let go on (held_back.h), where locks hold up, too: what a thread
 * does in an epoch it does at once, if nobody else holds what it may take in it. So nothing is
 * done here that could not be done in that order, but some of what could.
 */
#ifndef GORDIAN_HELD_LOCKS_H
#define GORDIAN_HELD_LOCKS_H

#include "section.h"
#include "told.h"

struct held_locks;

/* Keeps pointing to what it is given. */
struct held_locks *held_locks_new(const struct model *model, const struct told *told);
void held_locks_free(struct held_locks *locks);

/* Whether since then all that was in the way of somebody was surely taken where it was. */
void held_locks_begin_sure(struct held_locks *locks);
bool held_locks_was_sure(const struct held_locks *locks);

/* Nobody holds anything. */
void held_locks_begin(struct held_locks *locks);

/* The first of the epochs, from that one on and before the other, in which the thread may take what
 * another one holds; the other: none. */
uint64_t held_locks_until(struct held_locks *locks, uint32_t thread, uint64_t from, uint64_t before,
			  uint64_t *steps);

/* Who holds what the thread may take in that epoch; NO_INDEX: nobody. */
uint32_t held_locks_in_the_way(struct held_locks *locks, uint32_t thread, uint64_t epoch,
			       uint64_t *steps);

/* It has done all in the epochs before that one, and holds what it then did. */
void held_locks_come(struct held_locks *locks, uint32_t thread, uint64_t epoch);

/* It holds what lies on the path from that node up. */
void held_locks_keep(struct held_locks *locks, uint32_t thread, uint32_t path);

/* The innermost node that it holds; NO_INDEX: none. */
uint32_t held_locks_of(const struct held_locks *locks, uint32_t thread);

/*
 * It goes on, at the beginning of that epoch, to where it wants what the node takes. False: it may
 * have to take on its way what another one holds.
 */
bool held_locks_go_to(struct held_locks *locks, uint32_t node, uint32_t epoch, uint64_t *steps);

#endif
