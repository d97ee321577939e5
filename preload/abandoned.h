/*
 * Sections of the fast path that were left for good. A signal handler that interrupts one may jump
 * out, through siglongjmp or an exception. `busy` then says that the thread is in a section whose
 * frame is gone; the next section of the thread sees that, and repairs what was half done:
 *
 * - A lock was about to be put on the held stack: the thread has it, so it is put there, in a
 *   situation that is not known.
 * - A lock was about to be taken off: the real call was still to come, so it stays.
 *
 * Whether a frame is gone is decided when it is certain, which it is where
 *
 * - the frame of the next section is the same; or
 * - both lie on the thread's own stack, and it further out than the signal frames of all handlers
 *   that were entered since. Those on an alternate stack elsewhere cannot be what runs there; of
 *   one on an alternate stack in an array of main's that is not known; or
 * - its return address has been overwritten.
 *
 * Otherwise the thread may be in a handler, or on a stack that was switched to from one. What it
 * locks meanwhile is not recorded, but counted. Nothing in the slow path is ever abandoned
 * (slow.h).
 */
#ifndef GORDIAN_ABANDONED_H
#define GORDIAN_ABANDONED_H

#include "gordian/trace_format.h"

#include <stdbool.h>
#include <stdint.h>

struct slow;
struct thread;

enum { SECTION_KEPT = 8 };

/* What a thread is at while it is busy. */
struct section {
	uint64_t frame;		      /* of the function that it is in */
	uint64_t returns;	      /* where that returns to */
	uint64_t taking;	      /* the lock that is put on the held stack; 0: none */
	uint64_t local;		      /* and its tree_local_key */
	uint32_t count;		      /* of kept; 0: nothing is taken off */
	struct trace_held_entry *top; /* as it was */
	struct trace_held_entry kept[SECTION_KEPT]; /* the entries up to it */
};

/*
 * For a thread that is busy, at that frame of the recorder's. True: it was a section that is
 * abandoned. That is counted as one operation that was dropped, and the thread is idle.
 */
bool abandoned_clear(struct thread *self, const void *frame);

/*
 * Into the slow path, for what is not done often and must not be left half done. False: the thread
 * is busy, which is counted.
 */
bool section_whole(struct slow *slow, struct thread *self);

/* In tree_acquire: from the first on the lock is to be put there, from the second on it is. */
void section_taking(struct thread *self, uint64_t lock, uint64_t local);
void section_taken(struct thread *self);

/*
 * The entries of the held stack from that index on are about to be changed, and are to be as they
 * were unless `top` changes. Until then the topmost has a `since`, so that it is not given back in
 * the usual way (tree_release_top). False: too many.
 */
bool section_keep(struct thread *self, uint32_t from);
/* The same where the caller has copied so many topmost entries to section.kept. */
void section_kept(struct thread *self, uint32_t count);
/* The `since` that the topmost had. */
uint64_t section_since(const struct thread *self);
/* It has changed. */
void section_done(struct thread *self);

#endif
