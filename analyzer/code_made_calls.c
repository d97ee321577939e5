/* What functions of the file that are called do with an object: they are gone over each time. */
#include "code_effect.h"
#include "code_explored.h"
#include "code_made_visit.h"
#include "code_outward.h"
#include "code_ways.h"
#include "object_raw.h"
#include "one_of.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* RCX, RDX, RSI, RDI, R8, R9 (System V ABI). */
#define ARGUMENTS 0x03c6u
/* RAX and these, R10, R11: a function may leave in them what it likes. */
#define SCRATCH 0x0fc7u

#define MOST_DEPTH ASKS_MAX_DEPTH

static const struct code_function *called_function(const struct made *made, uint32_t step,
						   const struct code_flow **flow)
{
	const struct code_instruction *at = &made->function->steps[step].instruction;
	const struct code_function *function;
	if (at->kind != CODE_CALL || at->import || !at->target)
		return NULL;
	function = asks_function(made->asks, at->target);
	*flow = function ? asks_flow_given(made->asks, at->target) : NULL;
	return *flow ? function : NULL;
}

/* Registers that hold what the caller left there are left to it. */
static void keep_registers(struct made_state *state, unsigned which)
{
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (!(which & 1u << i))
			state->numbers.registers[i] = (struct code_number){0, 0, false};
	state->numbers.slot_count = 0;
	state->numbers.compared.known = false;
	state->framed = state->tested = false;
	state->zeros = 0;
}

/* Whether the function may look at arguments that lie on the stack: behind where it returns to. */
static bool has_stack_arguments(const struct made *made)
{
	for (uint32_t i = 0; i < made->function->count; i++) {
		const struct code_instruction *at = &made->function->steps[i].instruction;
		const struct code_value *registers = made->flow->before[i].registers;
		struct object_raw raw;
		if (!made->flow->reached[i])
			continue;
		if (at->kind == CODE_JUMP && at->import)
			return true;
		if (registers[CODE_RSP].base != CODE_FRAME ||
		    !object_raw_decode(asks_code(made->asks), at->address, &raw))
			return true;
		for (unsigned j = 0; j < raw.instruction.operand_count_visible; j++) {
			const ZydisDecodedOperand *operand = &raw.operands[j];
			const uint8_t base = code_register(operand->mem.base);
			if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY ||
			    base == CODE_NO_REGISTER || registers[base].base != CODE_FRAME)
				continue;
			if (operand->mem.index != ZYDIS_REGISTER_NONE ||
			    (int64_t)registers[base].offset + operand->mem.disp.value >= 8)
				return true;
		}
	}
	return false;
}

static bool is_member_known(const struct made_state *state, const struct made_object *object)
{
	const unsigned bits = object->bytes * 8;
	const uint64_t mask = bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
	return (state->member.known & mask) == mask;
}

/* What was found on a way that does not count. */
static void forget_findings(struct made_object *object, const struct made_object *before)
{
	object->lost = before->lost;
	object->told = before->told;
	object->has_value = before->has_value;
	object->value = before->value;
}

bool made_call_within(const struct made_visit *visit, uint32_t step, bool on_stack,
		      struct made_state *state)
{
	const struct code_flow *flow;
	const struct code_function *function = called_function(visit->made, step, &flow);
	struct made_state given = *state;
	/* R10 is the frame that a function of GNU C is nested in, R11 nothing that is given. */
	if (!function || visit->depth + 1 > MOST_DEPTH || state->numbers.registers[10].marked ||
	    state->numbers.registers[11].marked)
		return false;
	const struct made made = {visit->made->asks, function, flow, CODE_NOWHERE, CODE_NOWHERE};
	struct made_visit within = {
		.made = &made, .object = visit->object, .depth = visit->depth + 1};
	if (on_stack && has_stack_arguments(&made))
		return false;
	keep_registers(&given, ARGUMENTS);
	const struct made_object object = *visit->object;
	bool known = made_visit_begin(&within, &given) && within.returned;
	/* From where others know the object, what is stored there is looked at in any function. */
	if (known && within.returns.out && is_member_known(state, &object))
		known = false;
	if (!known)
		forget_findings(visit->object, &object);
	if (known) {
		const struct made_state before = *state;
		*state = within.returns;
		keep_registers(state, SCRATCH);
		for (unsigned i = 0; i < CODE_REGISTERS; i++)
			if (!(SCRATCH & 1u << i))
				state->numbers.registers[i] = before.numbers.registers[i];
		memcpy(state->numbers.slots, before.numbers.slots, sizeof(before.numbers.slots));
		state->numbers.slot_count = before.numbers.slot_count;
		state->numbers.old = before.numbers.old | SCRATCH;
		state->framed = before.framed;
	}
	made_visit_end(&within);
	return known;
}

/* Adds the function to those that make the object anew each time. */
static void add_maker(struct made_object *object, const struct made_visit *visit)
{
	if (object->maker_count == MADE_MOST_MAKERS) {
		object->lost = true;
		return;
	}
	object->makers[object->maker_count++] =
		(struct made_maker){visit->made->function, made_visit_bases(visit)};
}

/* Whether the function returns what it allocates by that call; *state is what is so then. */
static bool returns_made(const struct made *made, struct made_object *object, unsigned depth,
			 struct made_state *state)
{
	struct made_visit visit = {.made = made, .object = object, .depth = depth};
	const struct made_object before = *object;
	struct made_state given;
	bool returns = made_is_before(made, ASKS_RETURN) &&
		       made_allocates(made, object, depth, &given) &&
		       made_visit_begin(&visit, &given) && visit.returned &&
		       visit.returns.numbers.registers[CODE_RAX].marked;
	if (returns) {
		*state = visit.returns;
		keep_registers(state, SCRATCH);
		add_maker(object, &visit);
	} else {
		/* It was another object. */
		forget_findings(object, &before);
	}
	made_visit_end(&visit);
	return returns;
}

bool made_allocates(const struct made *made, struct made_object *object, unsigned depth,
		    struct made_state *state)
{
	const struct code_instruction *at = &made->function->steps[made->call].instruction;
	const char *import =
		code_import_called(made->asks->code, at, &made->flow->before[made->call]);
	const struct code_flow *flow;
	bool made_there = false;
	if (asks_calls(import, ASKS_CALLS_ALLOCATOR)) {
		*state = (struct made_state){.out = false};
		state->numbers.registers[CODE_RAX].marked = true;
		state->member.known = strcmp(import, "calloc") == 0 ? UINT64_MAX : 0;
		return true;
	}
	const struct code_function *function =
		import || depth + 1 > MOST_DEPTH ||
				!asks_may_call(made->asks, at->target, ASKS_MAX_DEPTH - depth - 1,
					       ASKS_CALLS_ALLOCATOR)
			? NULL
			: called_function(made, made->call, &flow);
	for (uint32_t i = 0; function && i < function->count && !made_there; i++) {
		const struct made within = {made->asks, function, flow, i, CODE_NOWHERE};
		made_there = flow->reached[i] && function->steps[i].instruction.kind == CODE_CALL &&
			     returns_made(&within, object, depth + 1, state);
	}
	return made_there;
}

bool made_is_before(const struct made *made, uint32_t to)
{
	const struct code_way around = {CODE_NOWHERE, to, 0, made->call, CODE_NOWHERE, true};
	struct code_marks marks = {made->function, made->flow, xcalloc(made->function->count, 1)};
	bool before = made->flow->reached[made->call] && !code_is_way(&marks, &around);
	free(marks.of);
	return before;
}

/* The address of the mutex that the innermost of the calls initialises, behind the object's. False:
 * not known; or others may know the object by then, and it may be the second time. */
static bool find_mutex(const struct made_visit *visit, uint32_t step,
		       const struct made_calls *calls, unsigned level, uint64_t *mutex)
{
	const struct code_flow *flow;
	const struct code_function *function;
	if (!visit->reached || !visit->reached[step])
		return false;
	if (level == 0) {
		const struct code_number *number = &visit->before[step].numbers.registers[CODE_RDI];
		*mutex = number->value;
		return number->marked && !visit->before[step].out;
	}
	function = called_function(visit->made, step, &flow);
	step = function ? code_call_before(function, calls->returns[level - 1]) : CODE_NOWHERE;
	if (step == CODE_NOWHERE)
		return false;
	const struct made made = {visit->made->asks, function, flow, CODE_NOWHERE, step};
	struct made_visit within = {
		.made = &made, .object = visit->object, .depth = visit->depth + 1};
	struct made_state given = visit->before[visit->made->mutex];
	keep_registers(&given, ARGUMENTS);
	bool found = made_visit_begin(&within, &given) &&
		     find_mutex(&within, step, calls, level - 1, mutex);
	made_visit_end(&within);
	return found;
}

bool made_follow(const struct made *made, const struct made_calls *calls,
		 struct made_object *object)
{
	struct made_visit visit = {.made = made, .object = object};
	struct made_state state;
	made_object_end(object);
	bool known = made_allocates(made, object, 0, &state) && made_visit_begin(&visit, &state);
	if (known && !object->bytes)
		object->has_mutex =
			find_mutex(&visit, made->mutex, calls, calls->count - 1, &object->mutex);
	if (known)
		add_maker(object, &visit);
	made_visit_end(&visit);
	return known;
}

void made_object_end(struct made_object *object)
{
	for (unsigned i = 0; i < object->maker_count; i++)
		free(object->makers[i].bases);
	object->maker_count = 0;
}
