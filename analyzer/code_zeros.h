/* Whether what an instruction writes to memory is zero, all of it. */
#ifndef GORDIAN_CODE_ZEROS_H
#define GORDIAN_CODE_ZEROS_H

#include "code_flow.h"

/* The only step that leads to that one; CODE_NOWHERE. */
uint32_t code_sole_before(const struct code_function *function, uint32_t step);

/* By an instruction, or a call of memset. Counts down *steps_left by the work it takes. */
bool code_writes_zeros(const struct object_code *code, const struct code_function *function,
		       const struct code_flow *flow, uint32_t step, uint64_t *steps_left);

#endif
