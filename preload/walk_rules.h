/*
 * How frames are left, by the place in the code: the caller's stack pointer is so far above the
 * frame's, or above its frame pointer, the return address lies right below that, and what it kept
 * of the caller's registers so far below.
 *
 * That is what the tables say, read here (cfi.h), and what libunwind did with the first frame of
 * that place is the same. Where they say more, as of signal frames and of frames with an alignment
 * of their own, and of code without tables, there is no rule, and libunwind leaves that frame each
 * time.
 *
 * Only on x86-64. Under the recorder's lock, as part of a walk (walk.h).
 */
#ifndef GORDIAN_WALK_RULES_H
#define GORDIAN_WALK_RULES_H

#include "walk.h"

/* The rule of a place in a module that was noted; 0: not known yet. */
uint64_t walk_rule(uint64_t pc);
/* From the frame to its caller's, where it and all that it kept is in the stack below `high`.
 * False: that has no simple rule. */
bool walk_rule_follow(uint64_t rule, struct walk_frame *frame, uint64_t high);
/* libunwind went from one to the other. */
void walk_rules_learn(const struct walk_frame *from, const struct walk_frame *to, uint64_t high);
/* The frame of a context, and back. False: not on this machine. */
bool walk_rules_context(const unw_context_t *context, struct walk_frame *frame);
void walk_rules_set_context(unw_context_t *context, const struct walk_frame *frame);
/* Its registers that are kept. False: not all are known. */
bool walk_rules_kept(unw_cursor_t *cursor, struct walk_frame *frame);

#endif
