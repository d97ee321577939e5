/* Explores functions, then goes over them until no value changes any more. */
#include "code_flow.h"
#include "bisect.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Places in a frame whose values are known, at most; and times that a function is gone over. */
#define MAX_SLOTS 128u
#define MAX_PASSES 100u
/* Instructions of a function that are looked at for what nothing leads to. */
#define MAX_LOOKS (8 * CODE_MAX_INSTRUCTIONS)
/* Bytes from a place in the frame that another function writes to which knows its address. */
#define HANDED_BYTES 16u

struct visit {
	UT_hash_handle hh;
	uint64_t address;
	struct code_instruction instruction;
	bool orphan;
};

struct exploration {
	const struct object_code *code;
	uint64_t start, end;
	struct visit *visits;
	uint64_t *pending;
	size_t pending_count;
	bool failed;
	bool computed; /* there is a jump that is */
};

static void pend(struct exploration *exploration, uint64_t address)
{
	exploration->pending = xreallocarray(exploration->pending, exploration->pending_count + 1,
					     sizeof(*exploration->pending));
	exploration->pending[exploration->pending_count++] = address;
}

/* Whether the next instruction follows. Not into another function: it ends with a call, then. */
static bool goes_on(const struct object_code *code, const struct code_instruction *instruction)
{
	uint64_t start, end, next = instruction->address + instruction->length;
	bool falls = instruction->kind == CODE_PLAIN || instruction->kind == CODE_CALL ||
		     instruction->kind == CODE_BRANCH;
	return falls && object_code_function(code, next, &start, &end) && start != next;
}

static bool has_target(const struct code_instruction *instruction)
{
	return (instruction->kind == CODE_BRANCH || instruction->kind == CODE_JUMP) &&
	       instruction->target;
}

static void visit(struct exploration *exploration, uint64_t address, bool orphan)
{
	struct visit *visit;
	HASH_FIND(hh, exploration->visits, &address, sizeof(address), visit);
	if (visit)
		return;
	visit = xcalloc(1, sizeof(*visit));
	visit->address = address;
	visit->orphan = orphan;
	HASH_ADD(hh, exploration->visits, address, sizeof(address), visit);
	if (!object_code_decode(exploration->code, address, &visit->instruction) ||
	    HASH_COUNT(exploration->visits) > CODE_MAX_INSTRUCTIONS) {
		exploration->failed = true;
		return;
	}
	exploration->computed |= visit->instruction.kind == CODE_INDIRECT;
	if (goes_on(exploration->code, &visit->instruction))
		pend(exploration, address + visit->instruction.length);
	if (has_target(&visit->instruction))
		pend(exploration, visit->instruction.target);
	if (visit->instruction.landing)
		pend(exploration, visit->instruction.landing);
}

static void follow(struct exploration *exploration)
{
	while (exploration->pending_count && !exploration->failed)
		visit(exploration, exploration->pending[--exploration->pending_count], false);
}

/* Visits what nothing leads to: the code behind jumps and returns, padding left out. */
static void visit_orphans(struct exploration *exploration)
{
	struct code_instruction at;
	bool follows = true;
	uint64_t address = exploration->start;
	for (unsigned looks = 0; address < exploration->end && !exploration->failed; looks++) {
		exploration->failed = looks == MAX_LOOKS;
		if (!object_code_decode(exploration->code, address, &at))
			break;
		bool padding = at.kind == CODE_PLAIN && at.effect == CODE_NO_EFFECT &&
			       !at.clobbered && !at.pushed;
		if (!follows && !padding) {
			visit(exploration, address, true);
			follow(exploration);
		}
		if (!padding || follows)
			follows = goes_on(exploration->code, &at);
		address += at.length;
	}
}

static int compare_visits(const struct visit *left, const struct visit *right)
{
	return (left->address > right->address) - (left->address < right->address);
}

uint32_t code_step_at(const struct code_function *function, uint64_t address)
{
	uint32_t low =
		BISECT(0, function->count, i, function->steps[i].instruction.address < address);
	return low < function->count && function->steps[low].instruction.address == address
		       ? low
		       : CODE_NOWHERE;
}

static struct code_function *function_of(struct exploration *exploration)
{
	struct code_function *function = xcalloc(1, sizeof(*function));
	size_t count = HASH_COUNT(exploration->visits);
	struct visit *visit, *next;
	function->steps = xcalloc(count, sizeof(*function->steps));
	function->orphans = xcalloc(count, sizeof(*function->orphans));
	HASH_SRT(hh, exploration->visits, compare_visits);
	HASH_ITER (hh, exploration->visits, visit, next) {
		if (visit->orphan)
			function->orphans[function->orphan_count++] = function->count;
		function->steps[function->count++].instruction = visit->instruction;
	}
	for (uint32_t i = 0; i < function->count; i++) {
		struct code_step *step = &function->steps[i];
		const struct code_instruction *at = &step->instruction;
		step->next = goes_on(exploration->code, at)
				     ? code_step_at(function, at->address + at->length)
				     : CODE_NOWHERE;
		step->target = has_target(at) ? code_step_at(function, at->target) : CODE_NOWHERE;
		step->landing = at->landing ? code_step_at(function, at->landing) : CODE_NOWHERE;
	}
	function->entry = code_step_at(function, exploration->start);
	return function;
}

struct code_function *code_function_new(const struct object_code *code, uint64_t start)
{
	struct exploration exploration = {.code = code};
	struct code_function *function = NULL;
	struct visit *visit, *next;
	if (!object_code_function(code, start, &exploration.start, &exploration.end) ||
	    exploration.start != start)
		return NULL;
	pend(&exploration, start);
	follow(&exploration);
	if (exploration.computed)
		visit_orphans(&exploration);
	if (!exploration.failed)
		function = function_of(&exploration);
	HASH_ITER (hh, exploration.visits, visit, next) {
		HASH_DEL(exploration.visits, visit);
		free(visit);
	}
	free(exploration.pending);
	return function;
}

void code_function_free(struct code_function *function)
{
	if (!function)
		return;
	free(function->steps);
	free(function->orphans);
	free(function);
}

uint32_t code_call_before(const struct code_function *function, uint64_t address)
{
	/* The longest instruction has 15 bytes. */
	for (unsigned length = 2; length <= 15; length++) {
		uint32_t i = code_step_at(function, address - length);
		if (i != CODE_NOWHERE && function->steps[i].instruction.length == length &&
		    function->steps[i].instruction.kind == CODE_CALL)
			return i;
	}
	return CODE_NOWHERE;
}

/* A place in the function's frame, whatever was stored there. */
struct slot {
	uint64_t offset;
	struct code_value value;
};

struct pass {
	const struct code_function *function;
	struct code_flow *flow;
	unsigned depth;
	struct slot slots[MAX_SLOTS];
	size_t slot_count;
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

static bool is_same(const struct code_value *a, const struct code_value *b)
{
	return a->base == b->base && a->key == b->key && a->offset == b->offset;
}

/* What is known of both. */
static void join(struct pass *pass, struct code_value *to, const struct code_value *from)
{
	if (to->base == CODE_UNKNOWN || is_same(to, from))
		return;
	*to = (struct code_value){CODE_UNKNOWN, 0, 0};
	pass->changed = true;
}

static void join_values(struct pass *pass, struct code_values *to, const struct code_values *from)
{
	const struct code_comparison *a = &to->compared, *b = &from->compared;
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		join(pass, &to->registers[i], &from->registers[i]);
	if (!a->known ||
	    (b->known && a->bytes == b->bytes && a->left == b->left && a->right == b->right))
		return;
	to->compared.known = false;
	pass->changed = true;
}

static struct slot *slot_at(struct pass *pass, uint64_t offset)
{
	for (size_t i = 0; i < pass->slot_count; i++)
		if (pass->slots[i].offset == offset)
			return &pass->slots[i];
	return NULL;
}

static void store(struct pass *pass, uint64_t offset, const struct code_value *value)
{
	struct slot *slot = slot_at(pass, offset);
	if (slot) {
		join(pass, &slot->value, value);
		return;
	}
	if (pass->slot_count == MAX_SLOTS)
		return; /* a load from it finds nothing */
	pass->slots[pass->slot_count++] = (struct slot){offset, *value};
	pass->changed = true;
}

/* Something is written to the frame that is not known. */
static void spoil(struct pass *pass, uint64_t offset, uint64_t bytes)
{
	static const struct code_value unknown;
	for (size_t i = 0; i < pass->slot_count; i++)
		if (pass->slots[i].offset - offset < bytes || offset - pass->slots[i].offset < 8)
			join(pass, &pass->slots[i].value, &unknown);
	for (uint64_t at = 0; at < bytes; at += 8)
		store(pass, offset + at, &unknown);
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
		spoil(pass, value->offset, HANDED_BYTES);
}

static void hand_out_arguments(struct pass *pass, const struct code_values *values)
{
	static const unsigned char arguments[] = {CODE_RDI, CODE_RSI, CODE_RDX, CODE_RCX, 8, 9};
	for (size_t i = 0; i < sizeof(arguments); i++)
		hand_out(pass, &values->registers[arguments[i]]);
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
	struct slot *slot;
	if (from->base == CODE_CONSTANT)
		return (struct code_value){CODE_VARIABLE, from->offset, 0};
	if (from->base == CODE_GIVEN || from->base == CODE_VARIABLE || from->base == CODE_MEMORY)
		return (struct code_value){CODE_MEMORY, hash(from), 0};
	if (!is_in_frame(pass, from))
		return unknown;
	slot = slot_at(pass, from->offset);
	return slot ? slot->value : unknown;
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
		store(pass, at.offset, &values->registers[instruction->written]);
	else if (instruction->effect == CODE_SPOILS && in_frame)
		spoil(pass, at.offset, instruction->bytes);
	if (instruction->kind == CODE_CALL)
		hand_out_arguments(pass, values);
	compare(instruction, values);
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (instruction->clobbered & 1u << i)
			values->registers[i] = unknown;
	if (code_writes_register(instruction))
		values->registers[instruction->written] = written;
	if (instruction->pushed && values->registers[CODE_RSP].base != CODE_UNKNOWN)
		values->registers[CODE_RSP].offset -= (uint64_t)(int64_t)instruction->pushed;
}

/* Whether a branch is taken. */
static bool is_taken(enum code_condition condition, const struct code_comparison *compared)
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
	};
	return taken[condition];
}

/* CODE_WAY_ bits: how it goes on from a step, when nothing is thrown. */
static unsigned char ways_from(const struct code_step *step, const struct code_values *values)
{
	const struct code_instruction *at = &step->instruction;
	if (at->kind != CODE_BRANCH || at->condition == CODE_IF_UNKNOWN || !values->compared.known)
		return CODE_WAY_NEXT | CODE_WAY_TARGET;
	return is_taken(at->condition, &values->compared) ? CODE_WAY_TARGET : CODE_WAY_NEXT;
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

struct code_flow *code_flow_new(const struct code_function *function,
				const struct code_values *given, unsigned depth,
				uint64_t *steps_left)
{
	struct code_flow *flow = xcalloc(1, sizeof(*flow));
	struct pass pass = {.function = function, .flow = flow, .depth = depth};
	struct code_values values = *given;
	flow->before = xcalloc(function->count, sizeof(*flow->before));
	flow->reached = xcalloc(function->count, sizeof(*flow->reached));
	flow->ways = xcalloc(function->count, sizeof(*flow->ways));
	values.registers[CODE_RSP] = (struct code_value){CODE_FRAME, depth, 0};
	flow_to(&pass, function->entry, &values);
	for (unsigned passes = 0; pass.changed; passes++) {
		if (passes == MAX_PASSES || *steps_left < function->count) {
			code_flow_free(flow);
			return NULL;
		}
		*steps_left -= function->count;
		pass.changed = false;
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
