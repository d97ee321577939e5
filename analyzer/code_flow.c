/* Goes over a function until no value changes any more. */
#include "code_flow.h"
#include "code_frame.h"
#include "code_writes.h"
#include "xalloc.h"
#include <stdlib.h>

/* Times that a function is gone over. */
#define MAX_PASSES 100u

struct pass {
	const struct code_function *function;
	struct code_flow *flow;
	unsigned depth;
	const struct code_values *given;
	struct code_frame frame;
	uint64_t begin,
		first_decision; /* addresses: from its beginning on it goes straight to it */
	unsigned pushes;
	struct code_values computed; /* before all that a computed jump may lead to */
	bool is_computed;
	bool changed;
};

struct code_values code_values_given(void)
{
	struct code_values values = {.compared.known = false};
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		values.registers[i] = (struct code_value){CODE_GIVEN, i, 0};
	return values;
}

static bool is_in_frame(const struct pass *pass, const struct code_value *value)
{
	return value->base == CODE_FRAME && value->key == pass->depth;
}

/*
 * Another function gets to know a place in the frame, if the value is one. Behind an address that
 * is no pointer's (of the C++ object without members that a lambda is) there is none.
 */
static void hand_out(struct pass *pass, const struct code_value *value)
{
	if (is_in_frame(pass, value) && value->offset % 8 == 0)
		code_frame_spoil(&pass->frame, value->offset, FRAME_REST);
}

/* What it is in one of two ways is no longer known, but it may still be a place in the frame. */
static void join_register(struct pass *pass, struct code_value *to, const struct code_value *from)
{
	const struct code_value before = *to;
	bool lost = code_value_join(to, from);
	pass->changed |= lost;
	if (lost)
		hand_out(pass, &before);
	if (to->base == CODE_UNKNOWN)
		hand_out(pass, from);
}

static void join_values(struct pass *pass, struct code_values *to, const struct code_values *from)
{
	const struct code_comparison *a = &to->compared, *b = &from->compared;
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (i != CODE_RSP)
			join_register(pass, &to->registers[i], &from->registers[i]);
	pass->changed |= code_value_join(&to->registers[CODE_RSP], &from->registers[CODE_RSP]);
	if (!a->known ||
	    (b->known && a->bytes == b->bytes && a->left == b->left && a->right == b->right))
		return;
	to->compared.known = false;
	pass->changed = true;
}

/* What the instruction makes of values may be places in the frame: if it computes, any of them. */
static void hand_out_mixed(struct pass *pass, const struct code_instruction *instruction,
			   const struct code_values *values)
{
	for (unsigned i = 0; i < CODE_REGISTERS; i++) {
		if (!(instruction->mixed & 1u << i))
			continue;
		if (!instruction->computed)
			hand_out(pass, &values->registers[i]);
		else if (is_in_frame(pass, &values->registers[i]))
			code_frame_spoil(&pass->frame, FRAME_LOWEST, FRAME_REST);
	}
}

/* So many bytes, if that is known. */
static uint64_t bytes_by(const struct code_value *count, uint64_t each)
{
	return each && count->base == CODE_CONSTANT && count->offset <= UINT32_MAX
		       ? count->offset * each
		       : FRAME_REST;
}

static void spoil_place(struct pass *pass, const struct code_place *place,
			const struct code_values *values)
{
	const struct code_value *to = &values->registers[place->to];
	const struct code_value one = {CODE_CONSTANT, 0, 1}, *count = &one;
	if (place->count != CODE_NO_REGISTER)
		count = &values->registers[place->count];
	if (is_in_frame(pass, to))
		code_frame_spoil(&pass->frame, to->offset, bytes_by(count, place->each));
}

/* What the called function may write to through its arguments. */
static void hand_out_arguments(struct pass *pass, const char *import,
			       const struct code_values *values)
{
	/* R10 is the frame that a function of GNU C is nested in. */
	static const unsigned char arguments[] = {CODE_RDI, CODE_RSI, CODE_RDX, CODE_RCX, 8, 9, 10};
	const struct code_writes *known = code_writes_of(import);
	const bool all = !known || code_writes_found(known);
	for (size_t i = 0; all && i < sizeof(arguments); i++)
		hand_out(pass, &values->registers[arguments[i]]);
	if (known && known->runs)
		hand_out(pass, &values->registers[CODE_RCX]);
	for (const struct code_place *place = all ? NULL : known->places;
	     place && place->to != CODE_RAX; place++)
		spoil_place(pass, place, values);
}

static uint64_t hash(const struct code_value *value)
{
	const uint64_t words[] = {value->base, value->key, value->offset};
	uint64_t key = 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		key = (key ^ words[i]) * 0x9e3779b97f4a7c15u;
		key ^= key >> 32;
	}
	return key;
}

static struct code_value load(struct pass *pass, const struct code_value *from)
{
	static const struct code_value unknown;
	if (from->base == CODE_CONSTANT)
		return (struct code_value){CODE_VARIABLE, from->offset, 0};
	if (from->base == CODE_GIVEN || from->base == CODE_VARIABLE || from->base == CODE_MEMORY)
		return (struct code_value){CODE_MEMORY, hash(from), 0};
	return is_in_frame(pass, from) ? code_frame_load(&pass->frame, from->offset) : unknown;
}

/* The address, or the number, that the instruction's effect is about. */
static struct code_value operand(const struct code_values *values,
				 const struct code_instruction *instruction)
{
	struct code_value value = {CODE_CONSTANT, 0, 0};
	if (instruction->from != CODE_NO_REGISTER)
		value = values->registers[instruction->from];
	if (value.base != CODE_UNKNOWN)
		value.offset += (uint64_t)instruction->offset;
	return value;
}

/* Notes what is compared, or that it is no longer known. */
static void compare(const struct code_instruction *instruction, struct code_values *values)
{
	if (instruction->flags)
		values->compared.known = false;
	if (instruction->effect != CODE_COMPARES ||
	    values->registers[instruction->from].base != CODE_CONSTANT)
		return;
	values->compared = (struct code_comparison){true, instruction->bytes,
						    values->registers[instruction->from].offset,
						    (uint64_t)instruction->offset};
}

/*
 * Whether it puts an argument into a place of its own: code that was not optimised does so first of
 * all. It has no registers to save, but for the frame's pointer.
 */
static bool is_home(const struct pass *pass, const struct code_instruction *store,
		    const struct code_values *values)
{
	const unsigned arguments = 1u << CODE_RDI | 1u << CODE_RSI | 1u << CODE_RDX |
				   1u << CODE_RCX | 1u << 8 | 1u << 9;
	const struct code_value *value = &values->registers[store->written];
	const struct code_value *given = &pass->given->registers[store->written];
	return value->base == given->base && value->key == given->key &&
	       value->offset == given->offset && pass->pushes == 1 &&
	       store->address >= pass->begin && store->address < pass->first_decision &&
	       arguments & 1u << store->written;
}

/* Bytes that are written, in a way that is not known. */
static uint64_t spoiled(const struct code_instruction *instruction,
			const struct code_values *values)
{
	if (instruction->spread == CODE_SPREAD_COUNTED)
		return bytes_by(&values->registers[CODE_RCX], instruction->bytes);
	return instruction->spread == CODE_SPREAD_ANYWHERE ? FRAME_REST : instruction->bytes;
}

/* What it returned the time before is another thing. */
static void tell_result(const struct code_instruction *call, struct code_values *values)
{
	static const struct code_value unknown;
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (values->registers[i].base == CODE_RESULT &&
		    values->registers[i].key == call->address)
			values->registers[i] = unknown;
	values->registers[CODE_RAX] = (struct code_value){CODE_RESULT, call->address, 0};
}

static void apply(struct pass *pass, const struct code_instruction *instruction,
		  struct code_values *values)
{
	static const struct code_value unknown;
	struct code_value at = operand(values, instruction), written = unknown;
	bool in_frame = is_in_frame(pass, &at);
	if (instruction->effect == CODE_SETS)
		written = at;
	else if (instruction->effect == CODE_CUTS && at.base == CODE_CONSTANT)
		written = (struct code_value){CODE_CONSTANT, 0, (uint32_t)at.offset};
	else if (instruction->effect == CODE_LOADS)
		written = load(pass, &at);
	else if (instruction->effect == CODE_STORES)
		hand_out(pass, &values->registers[instruction->written]);
	if (instruction->effect == CODE_STORES && in_frame)
		code_frame_store(&pass->frame, at.offset, &values->registers[instruction->written],
				 is_home(pass, instruction, values));
	else if (instruction->effect == CODE_SPOILS && in_frame)
		code_frame_spoil(&pass->frame, at.offset, spoiled(instruction, values));
	if (instruction->kind == CODE_CALL)
		hand_out_arguments(pass, instruction->import, values);
	hand_out_mixed(pass, instruction, values);
	compare(instruction, values);
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (instruction->clobbered & 1u << i)
			values->registers[i] = unknown;
	if (code_writes_register(instruction))
		values->registers[instruction->written] = written;
	if (instruction->kind == CODE_CALL && values->results && pass->depth == 0)
		tell_result(instruction, values);
	if (instruction->pushed && values->registers[CODE_RSP].base != CODE_UNKNOWN)
		values->registers[CODE_RSP].offset -= (uint64_t)(int64_t)instruction->pushed;
}

bool code_condition_holds(enum code_condition condition, const struct code_comparison *compared)
{
	unsigned shift = 64 - 8 * compared->bytes;
	uint64_t left = compared->left << shift, right = compared->right << shift;
	bool equal = left == right, below = left < right, less = (int64_t)left < (int64_t)right;
	const bool taken[] = {
		[CODE_IF_EQUAL] = equal,
		[CODE_IF_NOT_EQUAL] = !equal,
		[CODE_IF_BELOW] = below,
		[CODE_IF_NOT_BELOW] = !below,
		[CODE_IF_BELOW_OR_EQUAL] = below || equal,
		[CODE_IF_ABOVE] = !below && !equal,
		[CODE_IF_LESS] = less,
		[CODE_IF_NOT_LESS] = !less,
		[CODE_IF_LESS_OR_EQUAL] = less || equal,
		[CODE_IF_GREATER] = !less && !equal,
		[CODE_IF_NEGATIVE] = (int64_t)(left - right) < 0,
		[CODE_IF_NOT_NEGATIVE] = (int64_t)(left - right) >= 0,
	};
	return taken[condition];
}

/* CODE_WAY_ bits: how it goes on from a step, when nothing is thrown. */
static unsigned char ways_from(const struct code_step *step, const struct code_values *values)
{
	const struct code_instruction *at = &step->instruction;
	if (at->kind != CODE_BRANCH || at->condition == CODE_IF_UNKNOWN || !values->compared.known)
		return CODE_WAY_NEXT | CODE_WAY_TARGET;
	return code_condition_holds(at->condition, &values->compared) ? CODE_WAY_TARGET
								      : CODE_WAY_NEXT;
}

static void flow_to(struct pass *pass, uint32_t step, const struct code_values *values)
{
	struct code_flow *flow = pass->flow;
	if (step == CODE_NOWHERE)
		return;
	if (flow->reached[step]) {
		join_values(pass, &flow->before[step], values);
		return;
	}
	flow->reached[step] = true;
	flow->before[step] = *values;
	pass->changed = true;
}

/* To where an exception goes on that comes out of a call; what it brings along is not known. */
static void flow_to_landing(struct pass *pass, uint32_t step, struct code_values values)
{
	static const struct code_value unknown;
	values.registers[CODE_RAX] = values.registers[CODE_RDX] = unknown;
	flow_to(pass, step, &values);
}

static void flow_to_computed(struct pass *pass, const struct code_values *values)
{
	if (pass->is_computed) {
		join_values(pass, &pass->computed, values);
		return;
	}
	pass->is_computed = true;
	pass->computed = *values;
	pass->changed = true;
}

static void go_over(struct pass *pass)
{
	const struct code_function *function = pass->function;
	for (uint32_t i = 0; i < function->count; i++) {
		const struct code_step *step = &function->steps[i];
		if (!pass->flow->reached[i])
			continue;
		struct code_values values = pass->flow->before[i];
		apply(pass, &step->instruction, &values);
		pass->flow->ways[i] |= ways_from(step, &values) | CODE_WAY_LANDING;
		if (pass->flow->ways[i] & CODE_WAY_NEXT)
			flow_to(pass, step->next, &values);
		if (pass->flow->ways[i] & CODE_WAY_TARGET)
			flow_to(pass, step->target, &values);
		flow_to_landing(pass, step->landing, values);
		if (step->instruction.kind == CODE_INDIRECT)
			flow_to_computed(pass, &values);
	}
	for (uint32_t i = 0; pass->is_computed && i < function->count; i++)
		flow_to(pass, function->steps[i].target, &pass->computed);
	for (uint32_t i = 0; pass->is_computed && i < function->orphan_count; i++)
		flow_to(pass, function->orphans[i], &pass->computed);
}

static void look_over(struct pass *pass)
{
	const struct code_function *function = pass->function;
	uint32_t step = function->entry;
	pass->begin = function->steps[step].instruction.address;
	while (function->steps[step].instruction.kind == CODE_PLAIN &&
	       function->steps[step].next != CODE_NOWHERE)
		step = function->steps[step].next;
	pass->first_decision = function->steps[step].instruction.address;
	for (uint32_t i = 0; i < function->count; i++)
		pass->pushes += function->steps[i].instruction.pushed > 0;
}

struct code_flow *code_flow_new(const struct code_function *function,
				const struct code_values *given, unsigned depth,
				uint64_t *steps_left)
{
	struct code_flow *flow = xcalloc(1, sizeof(*flow));
	struct pass pass = {.function = function, .flow = flow, .given = given, .depth = depth};
	struct code_values values = *given;
	flow->before = xcalloc(function->count, sizeof(*flow->before));
	flow->reached = xcalloc(function->count, sizeof(*flow->reached));
	flow->ways = xcalloc(function->count, sizeof(*flow->ways));
	values.registers[CODE_RSP] = (struct code_value){CODE_FRAME, depth, 0};
	look_over(&pass);
	flow_to(&pass, function->entry, &values);
	for (unsigned passes = 0; pass.changed || pass.frame.changed; passes++) {
		if (passes == MAX_PASSES || *steps_left < function->count) {
			code_flow_free(flow);
			return NULL;
		}
		*steps_left -= function->count;
		pass.changed = pass.frame.changed = false;
		go_over(&pass);
	}
	return flow;
}

void code_flow_free(struct code_flow *flow)
{
	if (!flow)
		return;
	free(flow->before);
	free(flow->reached);
	free(flow->ways);
	free(flow);
}
