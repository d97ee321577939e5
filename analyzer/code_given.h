/*
 * Where the address comes from that a function of a file has in a register: from whoever calls it,
 * from a call, from memory.
 */
#ifndef GORDIAN_CODE_GIVEN_H
#define GORDIAN_CODE_GIVEN_H

#include "code_made.h"
#include "code_store_list.h"

/* The call that returned what the register has before that step, or what read it from memory, and
 * maybe so much was added to it since; CODE_NOWHERE: not known. */
uint32_t code_origin_of(struct asks *asks, const struct code_function *function, uint32_t step,
			uint8_t number);

/* Whether it is an address in memory that the function has just allocated by a call. */
bool code_is_new(struct asks *asks, const struct code_function *function, uint32_t step,
		 uint8_t number);
/* The same, or the object's, by a call of a function that makes it. */
bool code_is_made(struct asks *asks, const struct code_function *function, uint32_t step,
		  uint8_t number, const struct made_object *object);

/*
 * Whether a function may be given an address in that register that was worked out, as those of
 * elements are: not if it is only called in this file, with addresses of variables, of places in
 * frames, of memory that was just allocated, and of parts of the object, where that is made.
 */
bool code_may_be_given_element(struct asks *asks, uint64_t start, uint8_t number,
			       const struct made_object *object);

/* The same of anything but such addresses: of a number, say, or of what is in memory. */
bool code_may_be_given_word(struct asks *asks, uint64_t start, uint8_t number,
			    const struct made_object *object);

/* Whether a value that the function has which begins there is a function of the file; also where it
 * is given that by all that call it. */
bool code_is_own_function(struct asks *asks, uint64_t start, const struct code_value *value);

/* Which registers (bits) may have an argument of the function that is called there, and whether one
 * may lie on the stack that is an address elsewhere: what was put there since the call before. */
struct code_passed {
	uint16_t registers;
	bool stacked;
};
struct code_passed code_passed_to(struct asks *asks, const struct code_function *function,
				  const struct code_flow *flow, uint32_t step);

/* Whether the function may have an address in its frame that leads elsewhere, but for what it only
 * puts aside, or others may put one there: who is given the address of a place there may find it.
 */
bool code_keeps_addresses(struct asks *asks, const struct code_function *function,
			  const struct code_flow *flow);

#endif
