/*
 * Ways out of a function, and back into it, that its instructions do not tell: what functions of
 * other files throw, or jump to.
 */
#ifndef GORDIAN_CODE_OUTWARD_H
#define GORDIAN_CODE_OUTWARD_H

#include "code_flow.h"

/*
 * Whether an import may throw, or jump out: those of the C library do not, but for what cancels a
 * thread, and for what comes out of functions that they are given. That a lock could not be taken
 * is left out: nobody has it then.
 */
bool code_import_throws(const struct object_code *code, const char *name);

/* The import that is called, maybe by an address that a register holds; NULL: none that is known.
 * `values`: before the call; NULL: not known. */
const char *code_import_called(const struct object_code *code, const struct code_instruction *call,
			       const struct code_values *values);

/* Whether the function calls what comes back a second time when it is jumped to. */
bool code_comes_back_twice(const struct code_function *function);

#endif
