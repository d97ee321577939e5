/*
 * Functions that count in a variable of their file: up or down by as much each time.
 */
#ifndef GORDIAN_CODE_COUNTS_H
#define GORDIAN_CODE_COUNTS_H

#include "code_numbers.h"

struct code_count {
	struct code_variable variable; /* with what it begins as */
	uint64_t added;
};

/*
 * Whether it does so once on each way from behind the step `from`, where it takes a lock, to where
 * it gives one back or ends, and writes to no other memory but its frame's; and calls nothing that
 * may.
 */
bool code_counts(const struct object_code *code, const struct code_function *function,
		 const struct code_flow *flow, unsigned depth, uint32_t from,
		 struct code_count *count);

#endif
