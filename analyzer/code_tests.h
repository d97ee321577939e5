/*
 * What branches of a function go by: a loop's beginning is often made twice, before it and at its
 * end, and both ask the same then.
 */
#ifndef GORDIAN_CODE_TESTS_H
#define GORDIAN_CODE_TESTS_H

#include "code_flow.h"

/* Whether two branches may go by the same test, as far as is known: of the same number, or bits, in
 * the same place of memory, or of what the same function returned. Not so if only for one of them
 * it is known what it goes by. */
bool code_may_test_same(const struct code_function *function, const struct code_flow *flow,
			uint32_t one, uint32_t other);

#endif
