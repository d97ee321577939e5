/*
 * An object that a function allocates, followed through that function: where its address goes, and
 * what one member of it is when it does.
 */
#ifndef GORDIAN_CODE_MADE_H
#define GORDIAN_CODE_MADE_H

#include "code_asks.h"
#include "code_numbers.h"

/* Objects are not followed that are larger. */
#define MADE_MOST_BYTES 4096u

struct made {
	struct asks *asks;
	const struct code_function *function;
	const struct code_flow *flow; /* of depth 0 */
	uint32_t call;		      /* the step that allocates it */
	uint32_t mutex;		      /* that initialises the mutex in it */
};

struct made_object {
	uint64_t member; /* where that is in it */
	unsigned bytes;	 /* of it, at most 8; 0: none is asked for */
	bool has_mutex;
	uint64_t mutex; /* where */
	uint64_t value; /* of the member */
	bool has_value;
	bool lost;	 /* it is not known, or another one in another way */
	bool told;	 /* the function writes to it later, with the mutex, and signals */
	uint16_t *bases; /* by step, bit N: register N has its address then; to be freed */
};

/* Whether an import initialises a mutex, or signals a condition; NULL does not. */
bool made_initialises(const char *import);
bool made_signals(const char *import);

/* Whether that call allocates something. */
bool made_is_made(const struct made *made);

/* Fills in has_mutex and mutex; of a member value, lost and bases. False: it cannot be followed. */
bool made_follow(const struct made *made, struct made_object *object);

#endif
