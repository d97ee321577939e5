/*
 * Whether code asks for news before it comes to some place: waits, while something is not so, for a
 * certain condition. Asked of the code, not of a run: whether it had to wait is chance.
 *
 * It does ask if each way to the place leads past such a question. A question is
 *
 *  - a call of a function that asks on each way through it, with what it is called with, directly
 *    or through at most ASKS_MAX_DEPTH - 1 functions of the same file;
 *  - or, where the loop is in the function itself, the branch that leads straight to the wait or
 *    around it, or the beginning of the loop that waits each time round. After the wait there has
 *    to be one again: a wait alone says nothing, as it may end for no reason.
 *
 * Only waits without a time limit count, and no function does that also has one with a limit for
 * that condition on its way: who stops waiting has not been told. Where only what variables are at
 * the start counts (at_start), one with a limit is as good: it is no question itself, nor is what
 * it returned, so on each way from it there has to be one. The condition has to be known
 * from the code as an address, and that the wait gives back the lock; `test` says whether they are
 * the ones. (std::condition_variable is told the lock by an object that is not looked into: there
 * it has to be the only one.)
 *
 * Assumed is that the branch that leads to the wait or around it asks for what it waits for: it
 * comes again after the wait, or is like one that does.
 */
#ifndef GORDIAN_CODE_ASKS_H
#define GORDIAN_CODE_ASKS_H

#include "code_numbers.h"

#define ASKS_MAX_DEPTH 3u

/* Instructions of one file that are looked at, and times that values are worked out for one. */
#define ASKS_MAX_INSTRUCTIONS (1u << 21)
#define ASKS_MAX_STEPS (1u << 24)

/* Functions of one file; explored when first asked. */
struct asks;

/* NULL: it has no code that can be read, or never waits. Keeps pointing to the file. */
struct asks *asks_new(struct object_file *object);
void asks_free(struct asks *asks);

const struct object_code *asks_code(const struct asks *asks);

/* NULL: it cannot be read. Belongs to `asks`. */
const struct code_function *asks_function(struct asks *asks, uint64_t start);

/* What is asked about: whether the values are the addresses of the condition and of the lock that
 * are meant. */
struct condition_test {
	bool (*is_condition)(const struct condition_test *test, const struct code_value *value);
	bool (*is_lock)(const struct condition_test *test, const struct code_value *value);
	const void *context;
	uint64_t lock, condition; /* where they are, as addresses of the file */
	bool alone; /* there is no other lock that a wait could give back that does not tell */
	/* Only branches count that lead to the wait as long as the variables of the file are what
	 * they began as, and only before anything is called that may give back the lock. */
	bool at_start;
	const struct code_variable *variable; /* but for this one; NULL */
	const struct code_object *object;     /* and members of this; NULL */
};

/* The register with the lock's address where that function is called, which takes a lock or waits
 * with one; CODE_NO_REGISTER: none has it. */
unsigned asks_lock_register(const char *import);

/* The function's values, as code_flow_new, without exceptions where none can come of a call; NULL
 * also when there were too many for one file. */
struct code_flow *asks_flow(struct asks *asks, const struct code_function *function,
			    const struct code_values *given, unsigned depth);

#define ASKS_RETURN CODE_NOWHERE /* in place of a step: any end of the function */

/*
 * Whether it asks on each way from behind the step `from` (CODE_NOWHERE: from the function's
 * beginning) to the step `to`, and there is a way; between two steps, also if the function was left
 * and called again in between. `flow` is the function's.
 */
bool asks_between(struct asks *asks, const struct code_function *function,
		  const struct code_flow *flow, uint32_t from, uint32_t to, unsigned depth,
		  const struct condition_test *test);

#endif
