/*
 * Whether what a function does at one step it does by the rules of a monitor: with a certain mutex
 * taken, and so that it tells who waits for a certain condition.
 *
 * On each way to the step the function takes the mutex by a call, of the C library or of a function
 * that takes it on each way through it; or has it from a wait that gave it back meanwhile. And
 * nothing is called after that which may give a lock back. On each way on from there to its end the
 * function signals the condition, or calls who does; or on some way before it gives the mutex back
 * (the last one who counts down): who goes another way then may be told from who signals
 * (late_comers.h).
 */
#ifndef GORDIAN_CODE_UNDER_H
#define GORDIAN_CODE_UNDER_H

#include "code_asks.h"

/* A mutex and a condition: whether a value is known to be the address of one. Functions that are
 * called have values of the one that calls them. */
struct code_monitor {
	bool (*is_lock)(const struct code_monitor *monitor, const struct code_value *value);
	bool (*is_condition)(const struct code_monitor *monitor, const struct code_value *value);
	const void *context;
};

/* That of a question, where both are variables of the file: what a function was given may be
 * another thing each time. Keeps pointing to it. */
struct code_monitor code_monitor_of(const struct condition_test *test);

/* Whether it tells who waits, behind the step. */
bool code_tells(struct asks *asks, const struct code_function *function,
		const struct code_flow *flow, uint32_t step, const struct code_monitor *monitor);

/* Whether it does, and has the mutex there. `flow` is the function's, of depth 0. */
bool code_is_under(struct asks *asks, const struct code_function *function,
		   const struct code_flow *flow, uint32_t step, const struct code_monitor *monitor);

#endif
