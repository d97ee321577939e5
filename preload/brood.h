/*
 * The threads that a thread has made, as long as they may yet tell something of those made before
 * them; and those of them that it has joined, until that is known (twins.h).
 *
 * A thread is open from its creation until it is known that all it did is in its nodes, and that
 * nobody but its creator comes after it: it has ended, and was joined by its creator, or is
 * detached. One that has done more is odd, and that stays known. All under the recorder's lock.
 */
#ifndef GORDIAN_BROOD_H
#define GORDIAN_BROOD_H

#include "ended.h"

struct open;

struct brood {
	uint32_t creator; /* thread record */
	/* Epoch of the last creation of one that turned out to be odd, or that was made elsewhere
	 * than those that were joined last, and 1. */
	uint32_t odd;
	uint32_t ordered; /* the same, of one that was odd or that nobody joins */
	uint32_t made;	  /* epoch of the last creation */
	struct open *newest;
	struct ended *first, *last;	/* in the order of their joins */
	uint32_t open, queued, at_once; /* at_once: most that were open */
};

/* NULL: it has made none. */
struct brood *brood_of(uint32_t creator);
/* NULL: no memory. */
struct brood *brood_begin(uint32_t creator);
/* The creator has ended: those it has joined keep their records. */
void brood_end(uint32_t creator);
/* The thread was made, in its creator's last epoch. */
void brood_add(struct brood *brood, uint32_t thread, uint32_t epoch);
/* Epoch in which the newest that is open was made, and 1; 0: none is. */
uint32_t brood_newest(uint32_t creator);
/* The same of those that may be joined yet, as far as that is known. */
uint32_t brood_newest_joinable(uint32_t creator);
/* If the thread is open, it is no more. */
void brood_close(uint32_t thread, bool odd);
/* That creator did something in that epoch, or made somebody, which tells what was before it from
 * what comes after. */
void brood_note(uint32_t creator, uint32_t epoch);
/* It made somebody in that epoch elsewhere than those that were joined last. */
void brood_note_elsewhere(uint32_t creator, uint32_t epoch);
/* One that it made in that epoch is there for ever, for all that is known. */
void brood_note_detached(uint32_t creator, uint32_t epoch);
/* Whether one that was made in these epochs, but for the last, is open. */
bool brood_is_open(const struct brood *brood, uint32_t from, uint32_t to);

/* It was joined, and waits for its turn. */
void brood_push(struct brood *brood, struct ended *ended);
void brood_pop(struct brood *brood);
/* If it waits for its turn, it does no more. */
void brood_leave(const struct ended *ended);
/* Whether more wait than can be expected of what it does. */
bool brood_is_full(const struct brood *brood);
/* A new trace. */
void brood_reset(void);

#endif
