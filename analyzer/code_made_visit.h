/* One function that an object is followed through (code_made.h), and those that it calls. */
#ifndef GORDIAN_CODE_MADE_VISIT_H
#define GORDIAN_CODE_MADE_VISIT_H

#include "code_made.h"
#include "code_made_bytes.h"

struct made_visit {
	const struct made *made;
	struct made_object *object;
	struct made_state *before;
	bool *reached;
	bool escapes;	     /* the address of a place in the frame goes elsewhere */
	bool signals;	     /* the function has a call that signals a condition */
	unsigned char *told; /* of each step, once looked at: whether each way on signals */
	bool changed, failed;
	unsigned depth; /* functions around it that are followed, too */
	/* Of one that was called: what is so when it comes back, if it does. */
	bool returned;
	struct made_state returns;
};

/* Goes over the function, from behind the call that allocates, or from its beginning. False: it
 * cannot be followed. To be ended, also then. */
bool made_visit_begin(struct made_visit *visit, const struct made_state *given);
void made_visit_end(struct made_visit *visit);

/* What is called at that step of the function; NULL: no import that is known. */
const char *made_import(const struct made *made, uint32_t step);

/* Which registers have the object's address, by step; to be freed. */
uint16_t *made_visit_bases(const struct made_visit *visit);

/* Leaves in *to what is known of both; whether that is less than before. */
bool made_join(struct made_state *to, const struct made_state *from);

/*
 * Another function of the file is called there, which is given the address: *state is what is so
 * before, and then behind it. `on_stack`: so may what lies on the stack be. False: it is not known
 * what it does.
 */
bool made_call_within(const struct made_visit *visit, uint32_t step, bool on_stack,
		      struct made_state *state);

/* What is so behind the call that allocates the object; false: it does not. */
bool made_allocates(const struct made *made, struct made_object *object, unsigned depth,
		    struct made_state *state);

#endif
