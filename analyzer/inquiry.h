/*
 * The functions of one file that a question about the code is put to (questions.h), found by the
 * call stacks of who took a lock, and of who went on to join with it.
 */
#ifndef GORDIAN_INQUIRY_H
#define GORDIAN_INQUIRY_H

#include "code_asks.h"
#include "code_files.h"
#include "model.h"

/* One call of a stack: of the file that the question is about. */
struct activation {
	const struct code_function *function;
	struct code_flow *flow;
	uint32_t call; /* step */
};

/*
 * The calls of a stack from the function inwards that it has in common with the other one, as far
 * as they can be followed: into functions of the same file that are called by name.
 */
struct chain {
	struct activation activations[ASKS_MAX_DEPTH];
	unsigned count;
	bool whole; /* down to the call of the import that the stack was recorded in */
};

struct inquiry {
	const struct model *model;
	struct code_files *files; /* -> struct asks; NULL: it has no answers */
	const struct stack *hold, *join;
	uint32_t hold_frame, join_frame; /* of the function in common */
	const struct module *module;
	struct asks *asks;
	struct chain holding, joining;
};

/* Finds the innermost function that took the lock and went on to join. False: not known. */
bool inquiry_find_common(struct inquiry *inquiry);
/* The function that takes the lock, or calls the one that does, for its own part. The same. */
bool inquiry_find_holder(struct inquiry *inquiry, uint32_t frame);
/* The file's address of a call's return, if that is in the file that the question is about. */
bool inquiry_place(const struct inquiry *inquiry, const struct stack *stack, uint32_t frame,
		   uint64_t *address);

/* Adds the activation of a frame, which begins with these values. */
bool chain_add(struct inquiry *inquiry, struct chain *chain, const struct stack *stack,
	       uint32_t frame, const struct code_values *given);
/* All from that frame on inwards; `results`: as of struct code_values. */
void chain_follow(struct inquiry *inquiry, struct chain *chain, const struct stack *stack,
		  uint32_t frame, bool results);
void chain_free(struct chain *chain);
const struct code_instruction *chain_call(const struct activation *activation);

#endif
