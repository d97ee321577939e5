/* Goes over the function until nothing that is known changes any more. */
#include "code_made.h"
#include "code_effect.h"
#include "code_escapes.h"
#include "code_explored.h"
#include "code_made_visit.h"
#include "code_outward.h"
#include "code_releases.h"
#include "code_under.h"
#include "code_writes.h"
#include "one_of.h"
#include "xalloc.h"
#include <stdlib.h>

#define MAX_PASSES 100u

/* RAX, RCX, RDX, RSI, RDI, R8 to R11 (System V ABI): what a call may be given, or leave. */
#define SCRATCH 0x0fc7u
#define ARGUMENTS 0x03c6u
#define STACK_ARGUMENTS 16u /* bytes */

/* Whether it leaves the rest of an object alone, and tells nobody of it. */
static bool is_private(const char *import)
{
	static const char *const names[] = {"cnd_", "free", "mtx_", "pthread_cond",
					    "pthread_mutex"};
	const struct code_writes *known = code_writes_of(import);
	for (size_t i = 0; known && i < sizeof(names) / sizeof(*names); i++)
		if (strncmp(import, names[i], strlen(names[i])) == 0)
			return code_writes_nothing(known);
	return false;
}

bool made_initialises(const char *import)
{
	static const char *const names[] = {"mtx_init", "pthread_mutex_init"};
	return import && ONE_OF(import, names);
}

const char *made_import(const struct made *made, uint32_t step)
{
	return code_import_called(asks_code(made->asks), &made->function->steps[step].instruction,
				  &made->flow->before[step]);
}

static bool is_one_of_frame(const struct code_value *value)
{
	return value->base == CODE_FRAME && value->key == 0;
}

/* Others may know the object, or one that they may know is written to. */
static void check(struct made_visit *visit, const struct made_state *state)
{
	struct made_object *object = visit->object;
	const unsigned bits = object->bytes * 8;
	const uint64_t mask = bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
	if (!state->out || !bits)
		return;
	object->lost |= (state->member.known & mask) != mask;
	object->lost |= object->has_value && object->value != (state->member.value & mask);
	object->has_value = true;
	object->value = state->member.value & mask;
}

/* Registers (bits) that have an address in the object. */
static uint16_t marked_in(const struct code_numbers *numbers)
{
	uint16_t marked = 0;
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (numbers->registers[i].marked)
			marked |= (uint16_t)(1u << i);
	return marked;
}

static unsigned marked_slots(const struct code_numbers *numbers)
{
	unsigned marked = 0;
	for (unsigned i = 0; i < numbers->slot_count; i++)
		marked += numbers->slots[i].number.marked;
	return marked;
}

/* Where it is no longer known which register has the address, it may go anywhere. */
bool made_join(struct made_state *to, const struct made_state *from)
{
	const struct made_state before = *to;
	const uint16_t marked = marked_in(&to->numbers) | marked_in(&from->numbers);
	const unsigned slots[] = {marked_slots(&to->numbers), marked_slots(&from->numbers)};
	bool less = code_numbers_join(&to->numbers, &from->numbers);
	less |= code_number_join(&to->member, from->member);
	to->zeros &= from->zeros;
	to->held &= from->held;
	to->tested &= from->tested;
	to->framed |= from->framed;
	to->out |= from->out || marked != marked_in(&to->numbers) ||
		   slots[0] != marked_slots(&to->numbers) || slots[0] != slots[1];
	return less || to->zeros != before.zeros || to->held != before.held ||
	       to->tested != before.tested || to->framed != before.framed || to->out != before.out;
}

static void flow_to(struct made_visit *visit, uint32_t step, const struct made_state *state)
{
	if (step == CODE_NOWHERE || !visit->made->flow->reached[step])
		return;
	check(visit, state);
	if (visit->reached[step]) {
		visit->changed |= made_join(&visit->before[step], state);
	} else {
		visit->reached[step] = visit->changed = true;
		visit->before[step] = *state;
	}
	check(visit, &visit->before[step]);
}

static bool is_null_test(const struct made_state *state, const struct code_values *values,
			 const struct object_raw *raw)
{
	const ZydisDecodedOperand *left = &raw->operands[0], *right = &raw->operands[1];
	const ZydisMnemonic mnemonic = raw->instruction.mnemonic;
	const struct code_numbers *numbers = &state->numbers;
	struct code_instruction memory = {.address = 0};
	bool zero = mnemonic == ZYDIS_MNEMONIC_CMP && right->type == ZYDIS_OPERAND_TYPE_IMMEDIATE &&
		    right->imm.value.u == 0;
	bool self = mnemonic == ZYDIS_MNEMONIC_TEST && left->type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    right->type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    left->reg.value == right->reg.value;
	if ((!zero && !self) || left->size != 64)
		return false;
	if (left->type == ZYDIS_OPERAND_TYPE_REGISTER) {
		uint8_t name = code_register(left->reg.value);
		return name != CODE_NO_REGISTER && numbers->registers[name].marked;
	}
	if (!code_memory(&raw->instruction, left, &memory) || memory.from == CODE_NO_REGISTER ||
	    !is_one_of_frame(&values->registers[memory.from]))
		return false;
	uint64_t offset = values->registers[memory.from].offset + (uint64_t)memory.offset;
	for (unsigned i = 0; i < numbers->slot_count; i++)
		if (numbers->slots[i].offset == offset && numbers->slots[i].number.marked)
			return true;
	return false;
}

/* Notes what the instruction writes to the object; whether it does. */
static bool write_object(struct made_visit *visit, struct made_state *state,
			 const struct object_raw *raw)
{
	bool writes = false;
	for (unsigned i = 0; i < raw->instruction.operand_count; i++) {
		const ZydisDecodedOperand *operand = &raw->operands[i];
		if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY ||
		    !(operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE))
			continue;
		uint8_t base = code_register(operand->mem.base);
		uint8_t index = code_register(operand->mem.index);
		visit->failed |=
			index != CODE_NO_REGISTER && state->numbers.registers[index].marked;
		if (base == CODE_NO_REGISTER || !state->numbers.registers[base].marked)
			continue;
		writes = true;
		visit->object->told |=
			state->out && state->held &&
			state->numbers.registers[base].value + (uint64_t)operand->mem.disp.value ==
				visit->object->member;
		made_write(state, visit->object, raw, operand,
			   state->numbers.registers[base].value +
				   (uint64_t)operand->mem.disp.value);
	}
	return writes;
}

/* Notes where the address of the object goes by the instruction. */
static void follow_address(struct made_state *state, const struct code_instruction *at,
			   const struct code_values *values)
{
	const uint16_t marked = marked_in(&state->numbers);
	state->out |= (marked & at->mixed) != 0;
	if (at->effect != CODE_STORES || !(marked & 1u << at->written))
		return;
	if (at->from != CODE_NO_REGISTER && is_one_of_frame(&values->registers[at->from]))
		state->framed = true;
	else
		state->out = true;
	state->out |= state->numbers.slot_count == NUMBERS_MAX_SLOTS;
}

static bool is_any(const struct code_monitor *monitor, const struct code_value *value)
{
	(void)monitor;
	(void)value;
	return true;
}

/* Whether each way on from that step to the end signals a condition, or some before a lock may be
 * given back. */
static bool tells_after(struct made_visit *visit, uint32_t step)
{
	enum { LOOKED = 1, TELLS = 2 };
	static const struct code_monitor any = {is_any, is_any, NULL};
	const struct made *made = visit->made;
	if (!visit->told[step] && made->asks->steps_left >= made->function->count) {
		made->asks->steps_left -= made->function->count;
		visit->told[step] = LOOKED;
		if (code_tells(made->asks, made->function, made->flow, step, &any))
			visit->told[step] |= TELLS;
	}
	return visit->told[step] & TELLS;
}

static void visit_plain(struct made_visit *visit, uint32_t step)
{
	const struct code_step *at = &visit->made->function->steps[step];
	const struct code_values *values = &visit->made->flow->before[step];
	const struct code_moment moment = {.code = asks_code(visit->made->asks),
					   .at = &at->instruction,
					   .values = values,
					   .apart = !visit->escapes};
	struct made_state state = visit->before[step];
	const struct code_numbers before = state.numbers;
	struct object_raw raw;
	if (!object_raw_decode(moment.code, at->instruction.address, &raw)) {
		visit->failed = true;
		return;
	}
	bool tested = is_null_test(&state, values, &raw);
	const bool held = state.held;
	state.held = held && tells_after(visit, step);
	bool writes = !at->instruction.pushed && write_object(visit, &state, &raw);
	state.held = held;
	follow_address(&state, &at->instruction, values);
	made_vectors(&state, &raw);
	code_numbers_apply(&state.numbers, &moment);
	state.tested = tested || (state.tested && !at->instruction.flags);
	if (writes) {
		memcpy(state.numbers.slots, before.slots, sizeof(before.slots));
		state.numbers.slot_count = before.slot_count;
	}
	/* What may have been written over may also still be there. */
	state.out |= state.framed && marked_slots(&state.numbers) < marked_slots(&before);
	flow_to(visit, at->next, &state);
}

/* What follows where its address is not NULL. */
static void visit_branch(struct made_visit *visit, uint32_t step)
{
	const struct code_step *at = &visit->made->function->steps[step];
	const unsigned char ways = visit->made->flow->ways[step];
	const enum code_condition condition = (enum code_condition)at->instruction.condition;
	struct made_state state = visit->before[step];
	bool tested = state.tested;
	state.tested = false;
	if (ways & CODE_WAY_NEXT && !(tested && condition == CODE_IF_NOT_EQUAL))
		flow_to(visit, at->next, &state);
	if (ways & CODE_WAY_TARGET && !(tested && condition == CODE_IF_EQUAL))
		flow_to(visit, at->target, &state);
}

static bool is_mutex(const struct made_visit *visit, const struct made_state *state)
{
	const struct code_number *argument = &state->numbers.registers[CODE_RDI];
	return visit->object->has_mutex && argument->marked &&
	       argument->value == visit->object->mutex;
}

/* A function of another file that may write to what it is given the address of. */
static void write_by_call(struct made_visit *visit, struct made_state *state, const char *import)
{
	const struct code_number unknown = {0, 0, false};
	const struct code_number *registers = state->numbers.registers;
	if (strcmp(import, "memset") == 0) {
		const struct code_number *value = &registers[CODE_RSI];
		const struct code_number *size = &registers[CODE_RDX];
		const struct code_number zero = {0, UINT64_MAX, false};
		bool cleared = !value->marked && (value->known & 0xff) == 0xff &&
			       (value->value & 0xff) == 0 && !size->marked &&
			       size->known == UINT64_MAX;
		made_set(state, visit->object, registers[CODE_RDI].value, MADE_ALL_BYTES, unknown);
		if (cleared)
			made_set(state, visit->object, registers[CODE_RDI].value, size->value,
				 zero);
		return;
	}
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (ARGUMENTS & 1u << i && registers[i].marked &&
		    strcmp(import, "pthread_create") != 0)
			made_set(state, visit->object, registers[i].value, MADE_ALL_BYTES, unknown);
}

/* Whether the address may be an argument that lies on the stack. */
static bool is_on_stack(const struct made_visit *visit, const struct made_state *state,
			uint32_t step)
{
	const struct code_value *top = &visit->made->flow->before[step].registers[CODE_RSP];
	for (unsigned i = 0; i < state->numbers.slot_count; i++)
		if (state->numbers.slots[i].number.marked &&
		    (!is_one_of_frame(top) ||
		     state->numbers.slots[i].offset - top->offset < STACK_ARGUMENTS))
			return true;
	return false;
}

/* What a call makes of the object; *result: what it returns. True: it writes to no frame. */
static bool call_object(struct made_visit *visit, struct made_state *state, uint32_t step,
			struct code_number *result)
{
	const char *import = made_import(visit->made, step);
	const uint16_t marked = marked_in(&state->numbers);
	if (is_private(import)) {
		bool same = is_mutex(visit, state);
		/* Of two such objects in one it would not be known which is meant elsewhere. */
		visit->object->lost |= made_initialises(import) && !same && visit->object->bytes;
		bool locks = strcmp(import, "pthread_mutex_lock") == 0 ||
			     strcmp(import, "mtx_lock") == 0;
		state->held = (state->held && !strstr(import, "unlock")) ||
			      (same && locks && visit->signals);
		return true;
	}
	if (import && strcmp(import, "memset") == 0 && marked & 1u << CODE_RDI) {
		write_by_call(visit, state, import);
		*result = state->numbers.registers[CODE_RDI];
		return true;
	}
	if (!import || !code_import_keeps_locks(asks_code(visit->made->asks), import))
		state->held = false;
	if (import && marked & ARGUMENTS)
		write_by_call(visit, state, import);
	state->out |= (marked & (import ? ARGUMENTS : SCRATCH)) ||
		      (state->framed && visit->escapes) || is_on_stack(visit, state, step);
	return false;
}

/* It is what was called, and comes back. */
static void note_return(struct made_visit *visit, const struct made_state *state)
{
	struct made_state returns = *state;
	returns.numbers.slot_count = 0;
	if (visit->returned)
		made_join(&visit->returns, &returns);
	else
		visit->returns = returns;
	visit->returned = true;
	check(visit, &visit->returns);
}

static bool is_given(const struct made_state *state)
{
	return marked_in(&state->numbers) & ARGUMENTS;
}

/* What is thrown out of it leaves an object of which nothing is known. */
static void visit_landing(struct made_visit *visit, uint32_t step, const struct made_state *state)
{
	struct made_state thrown = *state;
	if (visit->made->flow->ways[step] & CODE_WAY_LANDING) {
		thrown.out = true;
		flow_to(visit, visit->made->function->steps[step].landing, &thrown);
	}
}

static void visit_call(struct made_visit *visit, uint32_t step)
{
	const struct code_step *at = &visit->made->function->steps[step];
	struct made_state state = visit->before[step];
	struct code_number result = {0, 0, false};
	struct code_number left[CODE_REGISTERS];
	bool quiet = false;
	const bool within = is_given(&state) && !state.out && !(state.framed && visit->escapes) &&
			    made_call_within(visit, step, is_on_stack(visit, &state, step), &state);
	if (!within)
		quiet = call_object(visit, &state, step, &result);
	const bool tail = at->instruction.kind != CODE_CALL;
	state.out |= tail && result.marked && !visit->depth;
	check(visit, &state);
	memcpy(left, state.numbers.registers, sizeof(left));
	const unsigned slots = marked_slots(&state.numbers);
	code_numbers_call(
		&state.numbers, result,
		!quiet && (visit->escapes || code_hands_out(&visit->made->flow->before[step], 0)));
	if (within)
		memcpy(state.numbers.registers, left, sizeof(left));
	state.out |= marked_slots(&state.numbers) < slots;
	state.zeros = 0;
	state.tested = false;
	if (!tail)
		flow_to(visit, at->next, &state);
	else if (visit->depth)
		note_return(visit, &state);
	if (within)
		visit_landing(visit, step, &state);
	else
		flow_to(visit, at->landing, &state);
}

static void visit_return(struct made_visit *visit, struct made_state *state)
{
	if (visit->depth) {
		note_return(visit, state);
		return;
	}
	state->out |= state->numbers.registers[CODE_RAX].marked ||
		      state->numbers.registers[CODE_RDX].marked;
	check(visit, state);
}

static void visit_step(struct made_visit *visit, uint32_t step)
{
	const struct code_step *at = &visit->made->function->steps[step];
	struct made_state state = visit->before[step];
	/* The object that was made before goes on to be one. */
	if (step == visit->made->call)
		return;
	switch (at->instruction.kind) {
	case CODE_PLAIN:
		visit_plain(visit, step);
		break;
	case CODE_BRANCH:
		visit_branch(visit, step);
		break;
	case CODE_CALL:
		visit_call(visit, step);
		break;
	case CODE_JUMP:
		if (at->instruction.import)
			visit_call(visit, step);
		else
			flow_to(visit, at->target, &state);
		break;
	case CODE_RETURN:
		visit_return(visit, &state);
		break;
	case CODE_TRAP:
		break;
	default:
		visit->failed = true;
		break;
	}
}

static void visit_all(struct made_visit *visit)
{
	const struct made *made = visit->made;
	const uint32_t count = made->function->count;
	visit->changed = true;
	for (unsigned passes = 0; visit->changed && !visit->failed; passes++) {
		visit->failed = passes == MAX_PASSES || made->asks->steps_left < count;
		made->asks->steps_left -= visit->failed ? 0 : count;
		visit->changed = false;
		for (uint32_t i = 0; i < count && !visit->failed; i++)
			if (visit->reached[i])
				visit_step(visit, i);
	}
}

bool made_visit_begin(struct made_visit *visit, const struct made_state *given)
{
	const struct made *made = visit->made;
	const uint32_t count = made->function->count;
	visit->before = xcalloc(count, sizeof(*visit->before));
	visit->reached = xcalloc(count, sizeof(*visit->reached));
	visit->told = xcalloc(count, 1);
	visit->escapes = code_frame_escapes(made->function, made->flow, 0);
	for (uint32_t i = 0; i < count; i++)
		visit->signals |= asks_calls(made_import(made, i), ASKS_CALLS_SIGNAL);
	flow_to(visit,
		made->call == CODE_NOWHERE ? made->function->entry
					   : made->function->steps[made->call].next,
		given);
	visit_all(visit);
	return !visit->failed;
}

void made_visit_end(struct made_visit *visit)
{
	free(visit->before);
	free(visit->reached);
	free(visit->told);
}

uint16_t *made_visit_bases(const struct made_visit *visit)
{
	const uint32_t count = visit->made->function->count;
	uint16_t *bases = xcalloc(count, sizeof(*bases));
	for (uint32_t i = 0; i < count; i++)
		bases[i] = visit->reached[i] ? marked_in(&visit->before[i].numbers) : 0;
	return bases;
}
