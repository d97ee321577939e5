/*
 * The ways through a function of an ELF file, and what is known of the values in its registers on
 * all of them: addresses that are constants, or lie so far from what the function was given.
 *
 * Values behind a computed jump are those of all its targets. A branch is only followed both ways
 * where it is not known what it compares.
 */
#ifndef GORDIAN_CODE_FLOW_H
#define GORDIAN_CODE_FLOW_H

#include "code_function.h"

enum code_base {
	CODE_UNKNOWN,
	CODE_CONSTANT, /* an address of the file */
	CODE_GIVEN,    /* what was in register `key` in the outermost function when it was called */
	CODE_FRAME,    /* the stack pointer when function number `key` was called */
	CODE_VARIABLE, /* what is in memory at the file's address `key` */
	CODE_MEMORY,   /* what is in memory at another such value, of which `key` is a hash */
	CODE_RESULT,   /* what the call at `key` returned last, where such are told apart */
};

struct code_value {
	enum code_base base;
	uint64_t key;
	uint64_t offset; /* added to it; of a constant, itself */
};

/* What was compared last: numbers of so many bytes. */
struct code_comparison {
	bool known;
	uint8_t bytes;
	uint64_t left, right;
};

/* Whether a branch is taken by it. */
bool code_condition_holds(enum code_condition condition, const struct code_comparison *compared);

struct code_values {
	struct code_value registers[CODE_REGISTERS];
	struct code_comparison compared;
	bool results; /* what the outermost function's calls return is told apart */
};

/* What a function has in its registers before each step, and how it goes on from there. */
struct code_flow {
	struct code_values *before;
	bool *reached;
	unsigned char *ways; /* of each step: bits below; without one it does not go there */
};
#define CODE_WAY_NEXT 1u
#define CODE_WAY_TARGET 2u
#define CODE_WAY_LANDING 4u

/* What is known of nothing: the registers of the outermost function. */
struct code_values code_values_given(void);

/*
 * `depth`: the number of the function, differs from those of its callers. Counts down *steps_left
 * by the work it takes; NULL: that was not enough.
 */
struct code_flow *code_flow_new(const struct code_function *function,
				const struct code_values *given, unsigned depth,
				uint64_t *steps_left);
void code_flow_free(struct code_flow *flow);

#endif
