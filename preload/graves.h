/*
 * The locks that were destroyed last, and by whom: so that a use after that can name its cause. A
 * fixed number of places; a newer grave takes the place of an older one. Under the recorder's lock.
 *
 * That a grave is here does not mean that its lock is still dead: its memory may have been used for
 * something else since. The lock's own memory has to confirm it.
 */
#ifndef GORDIAN_GRAVES_H
#define GORDIAN_GRAVES_H

#include "locks.h"
#include "misuse.h"

extern bool graves_dug; /* any; a process that has none need not touch the table */
/* Whether a lock of that kind was destroyed at that address. Without the recorder's lock. */
bool graves_has(const void *address, uint16_t kind);
/* Ends the life at that address, if there is one, and remembers where that was. */
void graves_bury(struct thread *self, const void *address, uint16_t kind, uint16_t act,
		 struct stack *place);
/* Makes the lock that was destroyed at that address the one the misuse is about, and its
 * destruction the other side. False: it is not known. */
bool graves_blame(const void *address, struct misuse *misuse);
/* What lies at these addresses from now on is something else. */
void graves_clear(uint64_t start, uint64_t end);
/* A new trace: no record is known by its reference. */
void graves_reset_refs(void);

#endif
