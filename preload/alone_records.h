/*
 * The records of dead onces that were alone (alone.h): which one of a place the others count on,
 * and which nothing names any more, so that they are the next ones' that are made at that place. A
 * place is the stack of the creation, and the thread. Under the recorder's lock.
 */
#ifndef GORDIAN_ALONE_RECORDS_H
#define GORDIAN_ALONE_RECORDS_H

#include "locks.h"

/* Whether few that were made there are dead and have records of their own. */
bool alone_records_room(uint32_t created_stack);
/* The one with that record is dead. */
void alone_records_stay(uint32_t ref);

/* The record on which those of that thread and stack count; 0: from now on it is that one. */
uint32_t alone_records_counting(uint32_t thread, uint32_t created_stack, uint32_t ref);

/* A record for the once, and where one is of what was held across an epoch inside; 0: none. False:
 * there is none to be used again. In the order in which they were kept: so a thread's are in the
 * order of its nodes. */
bool alone_records_take(struct lock *lock, uint32_t *across);
/* Nothing names that record any more, but maybe `across`; `as` counts for it. */
void alone_records_keep(uint32_t thread, uint32_t ref, uint32_t as, uint32_t across);

/* A new trace. */
void alone_records_reset(void);

#endif
