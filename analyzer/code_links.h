/*
 * Whether a word of 64 bits that a function stores is an address, by what the function does with
 * it: then it is no copy of several smaller members of an object.
 *
 * It is one of a place in the function's frame, of memory that was just allocated, or of an object
 * that is made so (code_made.h); or the function reads or writes through it; or is only given such
 * addresses; or stores one to where it was read from, as in a list to which something is added; or
 * reads or writes through what was before where it is stored, as in one from which something is
 * taken.
 */
#ifndef GORDIAN_CODE_LINKS_H
#define GORDIAN_CODE_LINKS_H

#include "code_made.h"

/* What stores: a step of a function, and the registers with the word and the address, to which
 * `offset` is added. CODE_NO_REGISTER: that is not known, or not all. */
struct code_link {
	const struct code_function *function;
	const struct code_flow *flow; /* of depth 0 */
	uint32_t step;
	uint8_t word, base;
	int64_t offset;
};

bool code_is_link(struct asks *asks, const struct code_link *link,
		  const struct made_object *object);

#endif
