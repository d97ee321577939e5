/*
 * Ways through a function from one step to another (code_flow.h), and the loop that is around a
 * step (natural loops: Aho, Lam, Sethi, Ullman, Compilers, 2nd edition, 9.6.6).
 */
#ifndef GORDIAN_CODE_WAYS_H
#define GORDIAN_CODE_WAYS_H

#include "code_flow.h"

/* Places where ways of a function meet, at most; of one with more, no loop is known. */
#define CODE_MAX_MEETINGS 64u

/* Marks for each step of a function; all but CODE_WAY are the owner's. */
struct code_marks {
	const struct code_function *function;
	const struct code_flow *flow; /* the function's */
	unsigned char *of;
};
#define CODE_WAY 1u

struct code_way {
	uint32_t from;		 /* behind that step; CODE_NOWHERE: from the function's beginning */
	uint32_t to;		 /* CODE_NOWHERE: to any end of the function */
	unsigned avoiding;	 /* marks: by no step that has one of these, but for exceptions */
	uint32_t around, beside; /* nor by these steps; CODE_NOWHERE */
	bool unknown;		 /* where a computed jump may lead to counts as the end, too */
};

/* Whether there is such a way. Then, and else, steps on ways from there have the mark CODE_WAY. */
bool code_is_way(const struct code_marks *marks, const struct code_way *way);

/*
 * Where the innermost loop around a step begins that does not lead by `beside`, if each time round
 * leads by the step; on ways from behind `from`. CODE_NOWHERE: there is none that is known.
 */
uint32_t code_loop_around(const struct code_marks *marks, uint32_t from, uint32_t step,
			  uint32_t beside);

#endif
