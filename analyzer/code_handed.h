/*
 * What a function does with the address of a variable of the file, as far as its own code tells:
 * of a structure, or an array, of which one member is asked for.
 *
 * That it calls who takes a lock in it, or waits for a condition in it, tells nobody of it. What
 * the function itself writes through the address is known by its values (code_flow.h).
 */
#ifndef GORDIAN_CODE_HANDED_H
#define GORDIAN_CODE_HANDED_H

#include "code_asks.h"

/* How far before an array what it is indexed from may lie, where numbers begin with another one. */
#define HANDED_BIASED 64u

struct code_holder {
	uint64_t start, end;		   /* of the variable */
	uint64_t address, value;	   /* of the member, and what it begins as */
	unsigned bytes;			   /* of it */
	const struct condition_test *test; /* by whose rules it may be written (code_under.h) */
};

enum code_handed {
	HANDED_NOT,
	HANDED_OUT,  /* others may know the address */
	HANDED_EARLY /* the function may write to the member, other than by the rules */
};

enum code_handed code_handed_by(struct asks *asks, const struct code_function *function,
				const struct code_flow *flow, const struct code_holder *holder);

#endif
