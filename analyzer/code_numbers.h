/*
 * Numbers that a function works out on its way on from some place, in registers and in its frame,
 * bit by bit: what it makes of one that is known there, such as the result of a call.
 */
#ifndef GORDIAN_CODE_NUMBERS_H
#define GORDIAN_CODE_NUMBERS_H

#include "code_flow.h"

/* Places in the frame that numbers are known in, at most. */
#define NUMBERS_MAX_SLOTS 16u

struct code_number {
	uint64_t value; /* 0 where it is not known */
	uint64_t known; /* bits */
	bool marked;	/* it is an address that is not known, of the owner's choice, + value */
};

struct number_slot {
	uint64_t offset; /* in the frame, as CODE_FRAME */
	unsigned bytes;
	struct code_number number;
};

struct code_numbers {
	struct code_number registers[CODE_REGISTERS];
	struct number_slot slots[NUMBERS_MAX_SLOTS];
	unsigned slot_count;
	struct code_comparison compared;
	uint16_t old; /* bit N: register N may have been read from memory before that place */
};

/* What is in the file's memory at that address. */
struct code_variable {
	uint64_t address, value;
	unsigned bytes;
};

/* An object in memory, of which it is known what members begin as. */
struct code_object {
	struct code_value lock; /* the address of the lock in it */
	/* So many bytes, so far behind the lock; false: not known. */
	bool (*at_start)(const struct code_object *object, uint64_t offset, unsigned bytes,
			 uint64_t *value);
	void *context;
};

struct code_early;     /* code_early.h */
struct condition_test; /* code_asks.h */

#define WRITTEN_MAX 16u

/* What a function may have written to before: of the file's memory. */
struct code_written {
	struct code_variable places[WRITTEN_MAX]; /* without their values */
	unsigned count;
	bool anywhere;		  /* or to what is not known */
	struct code_early *early; /* what else others may have written to; NULL: not known */
	const struct condition_test *test; /* other than by its rules */
};

/* Where it happens: before that step the function has these values, as its flow says. */
struct code_moment {
	const struct object_code *code;
	const struct code_instruction *at;
	const struct code_values *values;
	unsigned depth; /* the flow's */
	bool apart;	/* no address of a place in the frame is known to others */
	bool at_start;	/* in memory of the file is what it began with */
	const struct code_variable *variable; /* but for this; NULL: for none */
	const struct code_object *object;     /* so is what it began with; NULL: of none */
	const struct code_written *written;   /* and this, which is not known; NULL: for none */
};

/* The place in the frame holds the marked address + value. */
void code_numbers_mark_slot(struct code_numbers *numbers, uint64_t offset, uint64_t value);

/* What a plain instruction makes of them. */
void code_numbers_apply(struct code_numbers *numbers, const struct code_moment *moment);

/* What a call makes of them. `writes`: it may write to places in the frame. */
void code_numbers_call(struct code_numbers *numbers, struct code_number result, bool writes);

/* Leaves in *to what is known of both; whether that is less than before. */
bool code_numbers_join(struct code_numbers *to, const struct code_numbers *from);
bool code_number_join(struct code_number *to, struct code_number from);

#endif
