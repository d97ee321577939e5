/*
 * Conditions whose waiters look at what another lock guards, as std::condition_variable_any does:
 * with that lock they take the condition's mutex, give the lock back, and wait; and take it again
 * when the wait is over. Who makes true what they look for does so under the outer lock, and may
 * signal at any time afterwards: the mutex of the condition says nothing of when.
 */
#ifndef GORDIAN_SYNC_OUTER_H
#define GORDIAN_SYNC_OUTER_H

#include "sync_again.h"

/* What its waiters have given back so; NO_INDEX: nothing. */
uint32_t sync_outer_lock(const struct object *object, const struct sides *sides);

/* Leaves of the signals those that order something all the same. */
void sync_outer_limit(const struct object *object, struct sides *sides, uint32_t outer);

#endif
