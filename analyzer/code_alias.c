/* Goes back from the call, as far as there is one way only, and from there on again. */
#include "code_alias.h"
#include <string.h>

/* Instructions before the call that are looked at. */
#define REACH 32u

/* Going back: where the argument comes from. */
struct origin {
	uint32_t steps[REACH]; /* the last one first */
	unsigned count;
	unsigned in;	   /* register that has it */
	uint64_t distance; /* from the marked address to what is there */
	bool loaded;	   /* from a place in the frame, by the first step */
	uint64_t slot;
};

static bool is_slot(const struct code_instruction *at, const struct code_values *values,
		    uint64_t *slot)
{
	const struct code_value *base;
	if (at->effect != CODE_LOADS || at->from == CODE_NO_REGISTER)
		return false;
	base = &values->registers[at->from];
	*slot = base->offset + (uint64_t)at->offset;
	return base->base == CODE_FRAME && base->key == 0;
}

/* Whether the argument's origin is known before the instruction, too. */
static bool trace_back(struct origin *origin, const struct code_instruction *at,
		       const struct code_values *values)
{
	const bool writes = code_writes_register(at) && at->written == origin->in;
	if (!writes)
		return !(at->clobbered & 1u << origin->in);
	origin->loaded = is_slot(at, values, &origin->slot);
	if (origin->loaded)
		return true;
	if (at->effect != CODE_SETS || at->from == CODE_NO_REGISTER)
		return false;
	origin->in = at->from;
	origin->distance -= (uint64_t)at->offset;
	return true;
}

uint32_t code_only_before(const struct code_function *function, uint32_t step)
{
	uint32_t before = CODE_NOWHERE;
	if (step == function->entry || function->orphan_count)
		return CODE_NOWHERE;
	for (uint32_t i = 0; i < function->count; i++) {
		const struct code_step *at = &function->steps[i];
		if (at->next != step && at->target != step && at->landing != step)
			continue;
		if (before != CODE_NOWHERE || at->next != step ||
		    at->instruction.kind != CODE_PLAIN)
			return CODE_NOWHERE;
		before = i;
	}
	return before;
}

static void go_back(struct origin *origin, const struct code_function *function,
		    const struct code_flow *flow, uint32_t call)
{
	uint32_t step = code_only_before(function, call);
	while (origin->count < REACH && !origin->loaded && step != CODE_NOWHERE &&
	       trace_back(origin, &function->steps[step].instruction, &flow->before[step])) {
		origin->steps[origin->count++] = step;
		step = code_only_before(function, step);
	}
}

void code_alias_find(const struct code_alias_call *call, unsigned argument, uint64_t offset,
		     struct code_numbers *numbers)
{
	struct origin origin = {.in = argument, .distance = -offset};
	struct code_moment moment = call->moment;
	memset(numbers, 0, sizeof(*numbers));
	go_back(&origin, call->function, call->flow, call->step);
	if (origin.loaded)
		code_numbers_mark_slot(numbers, origin.slot, origin.distance);
	else
		numbers->registers[origin.in] = (struct code_number){origin.distance, 0, true};
	while (origin.count) {
		uint32_t step = origin.steps[--origin.count];
		moment.at = &call->function->steps[step].instruction;
		moment.values = &call->flow->before[step];
		code_numbers_apply(numbers, &moment);
	}
}
