/* Places are few: they are looked at one by one. */
#include "code_frame.h"

static const struct code_value unknown;

bool code_value_join(struct code_value *to, const struct code_value *from)
{
	if (to->base == CODE_UNKNOWN ||
	    (to->base == from->base && to->key == from->key && to->offset == from->offset))
		return false;
	*to = unknown;
	return true;
}

/* Whether some of the value's 8 bytes are in the part. */
static bool is_in(const struct frame_slot *slot, const struct frame_part *part)
{
	if (slot->home && part->rest && slot->offset != part->offset)
		return false;
	return slot->offset - part->offset < part->bytes ||
	       part->offset - slot->offset < sizeof(uint64_t);
}

static bool is_spoiled(const struct code_frame *frame, const struct frame_slot *slot)
{
	for (size_t i = 0; i < frame->spoiled_count; i++)
		if (is_in(slot, &frame->spoiled[i]))
			return true;
	return false;
}

static struct frame_slot *slot_at(struct code_frame *frame, uint64_t offset)
{
	for (size_t i = 0; i < frame->slot_count; i++)
		if (frame->slots[i].offset == offset)
			return &frame->slots[i];
	return NULL;
}

static void spoil_slots(struct code_frame *frame, const struct frame_part *part,
			const struct frame_slot *but)
{
	for (size_t i = 0; i < frame->slot_count; i++)
		if (&frame->slots[i] != but && is_in(&frame->slots[i], part))
			frame->changed |= code_value_join(&frame->slots[i].value, &unknown);
}

void code_frame_store(struct code_frame *frame, uint64_t offset, const struct code_value *value,
		      bool home)
{
	const struct frame_part part = {offset, sizeof(uint64_t), false};
	struct frame_slot *slot = slot_at(frame, offset);
	if (slot) {
		frame->changed |= code_value_join(&slot->value, value);
	} else if (frame->slot_count < FRAME_MAX_SLOTS) { /* else a load from it finds nothing */
		slot = &frame->slots[frame->slot_count++];
		*slot = (struct frame_slot){offset, *value, home};
		if (is_spoiled(frame, slot))
			slot->value = unknown;
		frame->changed = true;
	}
	/* Others that overlap with it have got some of its bytes. */
	spoil_slots(frame, &part, slot);
}

/* Whether the part is in one that is spoiled already. */
static bool is_known(const struct code_frame *frame, const struct frame_part *part)
{
	for (size_t i = 0; i < frame->spoiled_count; i++) {
		const struct frame_part *known = &frame->spoiled[i];
		uint64_t from = part->offset - known->offset;
		if (from < known->bytes && part->bytes <= known->bytes - from &&
		    (!known->rest || (part->rest && from == 0)))
			return true;
	}
	return false;
}

void code_frame_spoil(struct code_frame *frame, uint64_t offset, uint64_t bytes)
{
	/* At 0 is the address to return to, and above it arguments that do not fit in registers. */
	const uint64_t rest = (int64_t)offset < 0 ? -offset : (uint64_t)INT64_MAX - offset;
	struct frame_part part = {offset, bytes < rest ? bytes : rest, bytes == FRAME_REST};
	if (part.bytes == 0 || is_known(frame, &part))
		return;
	if (frame->spoiled_count == FRAME_MAX_SPOILED) {
		/* One too many: from now on it is the whole frame. */
		part = (struct frame_part){0, UINT64_MAX, false};
		frame->spoiled_count = 0;
	}
	frame->spoiled[frame->spoiled_count++] = part;
	spoil_slots(frame, &part, NULL);
	frame->changed = true;
}

struct code_value code_frame_load(const struct code_frame *frame, uint64_t offset)
{
	for (size_t i = 0; i < frame->slot_count; i++)
		if (frame->slots[i].offset == offset)
			return frame->slots[i].value;
	return unknown;
}
