/*
 * How branches of a function go while the variables of its file are what they are when the program
 * begins, as the file says.
 */
#ifndef GORDIAN_CODE_STARTS_H
#define GORDIAN_CODE_STARTS_H

#include "code_numbers.h"

/*
 * The step that the branch goes on with then; CODE_NOWHERE: not known. `depth`: the flow's.
 * `variable`: one that is something else; NULL: none is. `object`: another one that is known; NULL.
 * `written`: what is not known any more.
 */
uint32_t code_branch_at_start(const struct object_code *code, const struct code_function *function,
			      const struct code_flow *flow, unsigned depth, uint32_t branch,
			      const struct code_variable *variable,
			      const struct code_object *object, const struct code_written *written);

/* Adds what the function writes to at that step, but for its own frame. */
void code_written_add(struct code_written *written, const struct object_code *code,
		      const struct code_function *function, const struct code_flow *flow,
		      unsigned depth, uint32_t step);

/*
 * What the function makes of the variable at that step, which writes it, by what it has done right
 * before: it adds *added, whatever it was. False: it does something else, or that is not known.
 */
bool code_adds(const struct object_code *code, const struct code_function *function,
	       const struct code_flow *flow, unsigned depth, uint32_t step,
	       const struct code_variable *variable, uint64_t *added);

#endif
