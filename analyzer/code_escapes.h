/*
 * Whether others get to know places in a function's frame: what is written to addresses that are
 * not known may be there then.
 */
#ifndef GORDIAN_CODE_ESCAPES_H
#define GORDIAN_CODE_ESCAPES_H

#include "code_flow.h"

/* Whether an argument of a call is a place in the frame of function number `depth`. */
bool code_hands_out(const struct code_values *values, unsigned depth);

/* Whether the address of a place in the frame goes elsewhere by that step, other than by a call, or
 * into what is worked out, or is no longer known for one. */
bool code_frame_leaves(const struct code_flow *flow, const struct code_step *step,
		       const struct code_values *values, unsigned depth);

/* Whether the address of a place in the frame goes anywhere, or into what is worked out, or is no
 * longer known for one. */
bool code_frame_escapes(const struct code_function *function, const struct code_flow *flow,
			unsigned depth);

#endif
