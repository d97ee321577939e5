/*
 * Where else a function has an argument of a call that it makes: what the call leaves alone of that
 * is known behind it, whatever the address is.
 */
#ifndef GORDIAN_CODE_ALIAS_H
#define GORDIAN_CODE_ALIAS_H

#include "code_numbers.h"

struct code_alias_call {
	const struct code_function *function;
	const struct code_flow *flow; /* the outermost function's: depth 0 */
	uint32_t step;
	struct code_moment moment; /* `at` and `values` are left open */
};

/* The plain step that comes before that one on every way; CODE_NOWHERE. */
uint32_t code_only_before(const struct code_function *function, uint32_t step);

/* All that is known of numbers when the call is made; the marked address is what is in the register
 * then, + offset. */
void code_alias_find(const struct code_alias_call *call, unsigned argument, uint64_t offset,
		     struct code_numbers *numbers);

#endif
