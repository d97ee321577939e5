/*
 * A walk over the calling thread's stack, from frame to frame, by libunwind: loaded privately, as
 * its _Unwind_ symbols must not come before the program's own.
 *
 * Most frames are left in a way that depends on the place in the code alone and is soon told: their
 * callers' registers lie so far from the stack pointer. What libunwind has found out once about
 * such a place is not asked again (walk_rules.h). Under the recorder's lock, one at a time.
 */
#ifndef GORDIAN_WALK_H
#define GORDIAN_WALK_H

#include <stdbool.h>
#include <stdint.h>

#define UNW_LOCAL_ONLY
#include <libunwind.h>

enum { WALK_KEPT = 6 }; /* registers that functions keep for their callers */

/* A frame, by what it goes on with. */
struct walk_frame {
	uint64_t pc;
	uint64_t sp; /* 0: not known */
	uint64_t kept[WALK_KEPT];
};

/* libunwind's functions, under the names that its header gives them on this machine. */
struct unwinder {
	int (*getcontext)(unw_tdep_context_t *);
	int (*init_local)(unw_cursor_t *, unw_context_t *);
	int (*step)(unw_cursor_t *);
	int (*get_reg)(unw_cursor_t *, unw_regnum_t, unw_word_t *);
	unw_accessors_t *(*get_accessors)(unw_addr_space_t);
	void (*flush_cache)(unw_addr_space_t, unw_word_t, unw_word_t);
};
extern struct unwinder unwinder;
extern bool unwinder_ready;

/* Big things live here and not on the program's stack. */
extern struct walk {
	unw_context_t context; /* where it begins */
	unw_cursor_t cursor;
	struct walk_frame frame;
	uint64_t low, high; /* the part of the thread's stack that is in use; 0, 0: not known */
	bool live;	    /* the cursor is at the frame */
	bool whole;	    /* all of the frame is known, and it lies in that part */
} walk;

/* Loads libunwind. Calls dlopen, so only from our constructor. Without it stacks are one frame
 * deep. */
void walk_load(void);

/* A new walk, of which nothing is known to be readable but the part of the stack that is in use. */
void walk_reset(uint64_t low, uint64_t high);
/* It begins at the frame of walk.context, that getcontext filled in. False: it cannot. */
bool walk_begin(void);
/* To the next frame outwards. False: there is none. */
bool walk_step(void);

/* Whether a word lies in the part of the thread's stack that is in use. */
static inline bool walk_is_in_stack(uint64_t address)
{
	return address >= walk.low && address < walk.high && walk.high - address >= 8;
}

/* The same, or in the walk itself: what is known to be readable without asking. */
bool walk_is_own(uint64_t address);
/* Whether a word can be read; each page is asked about once per walk. */
bool walk_readable(uint64_t address);

#endif
