/* What the code that made an object (code_made.h) leaves in one member of it. */
#ifndef GORDIAN_CODE_MADE_BYTES_H
#define GORDIAN_CODE_MADE_BYTES_H

#include "code_made.h"
#include "object_raw.h"

/* Before a step. The object's address is the marked one of the numbers. */
struct made_state {
	struct code_numbers numbers;
	struct code_number member;
	uint16_t zeros; /* bit N: vector register N is 0 */
	bool out;	/* others may know the object */
	bool framed;	/* its address is in the frame */
	bool held;	/* the mutex in it is taken */
	bool tested;	/* the flags say whether its address is NULL */
};

#define MADE_ALL_BYTES UINT64_MAX

/* So many bytes of the object are `number`, which is repeated if it is 0. */
void made_set(struct made_state *state, const struct made_object *object, uint64_t offset,
	      uint64_t bytes, struct code_number number);

/* The instruction writes to memory in the object, where that begins. */
void made_write(struct made_state *state, const struct made_object *object,
		const struct object_raw *raw, const ZydisDecodedOperand *to, uint64_t offset);

/* What it makes of vector registers. */
void made_vectors(struct made_state *state, const struct object_raw *raw);

#endif
