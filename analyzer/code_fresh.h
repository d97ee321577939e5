/*
 * Whether a lock whose address is read from memory is still the one that is there. A value of
 * code_flow.h tells where in memory it was read, and not when.
 */
#ifndef GORDIAN_CODE_FRESH_H
#define GORDIAN_CODE_FRESH_H

#include "code_flow.h"

bool code_is_of_memory(const struct code_value *value);

/* Whether the instruction may write another address where that of the lock was read. `depth`: of
 * the function, whose frame it is not in. */
bool code_may_exchange(const struct code_value *lock, const struct code_instruction *at,
		       const struct code_values *values, unsigned depth);

/* The same of a function of another file that is called. */
bool code_call_may_exchange(const struct code_value *lock, const char *import,
			    const struct code_values *values, unsigned depth);

/* Whether the register has, at that step of the outermost function, what is in memory then. */
bool code_is_fresh(const struct code_function *function, const struct code_flow *flow,
		   uint32_t step, uint8_t number);

/* The registers (bits) whose values may be older than some moment, behind a plain instruction that
 * comes after it; `old`: those before. */
uint16_t code_old_behind(uint16_t old, const struct code_instruction *at,
			 const struct code_values *values);

#endif
