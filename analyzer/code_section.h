/*
 * Whether code that holds a lock may signal a condition before it gives the lock back.
 *
 * Functions of the same file are followed, ASKS_MAX_DEPTH - 1 of them; what others do is not known,
 * nor what is behind an address. The lock is given back where its address is known to be what a
 * function is called with that does so; a condition is another one where that is known.
 */
#ifndef GORDIAN_CODE_SECTION_H
#define GORDIAN_CODE_SECTION_H

#include "code_under.h"

enum code_section {
	SECTION_ENDS,	 /* each way gives the lock back, and none signals before */
	SECTION_OPEN,	 /* some way leads to the end of the function with it, and none signals */
	SECTION_SIGNALS, /* some way may */
};

/* From behind the step `from`; CODE_NOWHERE: from the function's beginning. `flow` is the
 * function's. `monitor`: whether a value may be the address of the condition, and whether it is
 * known to be that of the lock. */
enum code_section code_section(struct asks *asks, const struct code_function *function,
			       const struct code_flow *flow, uint32_t from, unsigned depth,
			       const struct code_monitor *monitor);

#endif
