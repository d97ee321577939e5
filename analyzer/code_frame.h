/*
 * The frame of a function: what its code stores there, wherever in the function it does so. A place
 * has the value that all stores agree on; none where something else is written, too.
 */
#ifndef GORDIAN_CODE_FRAME_H
#define GORDIAN_CODE_FRAME_H

#include "code_flow.h"

/* Places in a frame whose values are known, and parts of which nothing is, at most. */
#define FRAME_MAX_SLOTS 128u
#define FRAME_MAX_SPOILED 32u

/* Bytes up to where the frame begins: who is told an address may know of all that is behind it. But
 * not of the homes of arguments, which are no part of anything. */
#define FRAME_REST UINT64_MAX
#define FRAME_LOWEST ((uint64_t)INT64_MIN) /* where nothing of a frame is before */

struct frame_slot {
	uint64_t offset;
	struct code_value value;
	bool home; /* of an argument */
};

struct frame_part {
	uint64_t offset, bytes;
	bool rest;
};

struct code_frame {
	struct frame_slot slots[FRAME_MAX_SLOTS];
	struct frame_part spoiled[FRAME_MAX_SPOILED];
	size_t slot_count, spoiled_count;
	bool changed; /* since its owner said no */
};

/* Leaves in *to what is known of both; false: that is all of it. */
bool code_value_join(struct code_value *to, const struct code_value *from);

/* Offsets are from the stack pointer at the function's beginning. */
void code_frame_store(struct code_frame *frame, uint64_t offset, const struct code_value *value,
		      bool home);
void code_frame_spoil(struct code_frame *frame, uint64_t offset, uint64_t bytes);
struct code_value code_frame_load(const struct code_frame *frame, uint64_t offset);

#endif
