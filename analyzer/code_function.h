/*
 * The instructions of a function of an ELF file, and where each of them leads.
 *
 * Jumps to other functions are followed, too, and exceptions. A jump that is computed is taken to
 * lead to all code of the function that nothing else leads to.
 */
#ifndef GORDIAN_CODE_FUNCTION_H
#define GORDIAN_CODE_FUNCTION_H

#include "object_code.h"

/* Instructions of a function at most; longer ones are not read. */
#define CODE_MAX_INSTRUCTIONS 8192u

#define CODE_NOWHERE UINT32_MAX

struct code_step {
	struct code_instruction instruction;
	uint32_t next, target, landing; /* steps; CODE_NOWHERE */
};

struct code_function {
	struct code_step *steps; /* ascending by address; the function does not begin with the first
				    one if it jumps elsewhere */
	uint32_t count;
	uint32_t entry;
	uint32_t *orphans; /* where a computed jump may lead to */
	uint32_t orphan_count;
	bool kept; /* for others that ask for it */
};

/* Functions that are read again and again: the same of one file, for many call stacks. */
struct code_functions *code_functions_new(void);
void code_functions_free(struct code_functions *functions);

/* NULL: it is too long, or leads to what is no code. It may be one that others have, too. */
struct code_function *code_function_new(const struct object_code *code, uint64_t start);
void code_function_free(struct code_function *function);

/* The instruction at that address; CODE_NOWHERE. */
uint32_t code_step_at(const struct code_function *function, uint64_t address);
/* The call that returns to that address; CODE_NOWHERE. */
uint32_t code_call_before(const struct code_function *function, uint64_t address);

#endif
