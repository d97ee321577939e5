/*
 * An object that a function allocates, by a call of malloc, calloc or C++'s operator new, or of a
 * function of the file that does so on each way through it, and returns it: followed through that
 * function, and those of the file that it is given to. Where its address goes, and what one member
 * of it is when it does.
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
	uint32_t call;		      /* the step that allocates it, or calls who does */
	uint32_t mutex;		      /* that initialises the mutex in it, or calls who does */
};

/* A function that makes a new object each time. */
struct made_maker {
	const struct code_function *function;
	uint16_t *bases; /* by step, bit N: register N has the object's address then */
};
#define MADE_MOST_MAKERS 4u

struct made_object {
	uint64_t member; /* where that is in it */
	unsigned bytes;	 /* of it, at most 8; 0: none is asked for */
	bool has_mutex;
	uint64_t mutex; /* where */
	uint64_t value; /* of the member */
	bool has_value;
	bool lost; /* it is not known, or another one in another way */
	bool told; /* the function writes to it later, with the mutex, and signals */
	struct made_maker makers[MADE_MOST_MAKERS];
	unsigned maker_count;
};

/* Forgets the makers. */
void made_object_end(struct made_object *object);

/* Whether an import initialises a mutex; NULL does not. */
bool made_initialises(const char *import);

/* Whether all ways to `to` (ASKS_RETURN: to any end) lead past the call that allocates. */
bool made_is_before(const struct made *made, uint32_t to);

/* Where the mutex is initialised: calls that return to these addresses, from there outwards. */
struct made_calls {
	const uint64_t *returns;
	unsigned count; /* up to that of the function that is followed */
};

/* Fills in has_mutex and mutex; of a member value, lost and makers. False: it cannot be followed.
 */
bool made_follow(const struct made *made, const struct made_calls *calls,
		 struct made_object *object);

#endif
