/* Goes back from a step as far as there is one way only, and from there to who calls the function.
 */
#include "code_given.h"
#include "bisect.h"
#include "code_effect.h"
#include "code_escapes.h"
#include "code_explored.h"
#include "code_outward.h"
#include "code_zeros.h"
#include "object_raw.h"
#include "one_of.h"

#define REACH 64u /* steps before one that are looked at */

#define MOST_CALLERS 4u /* one above the other */

/* RBX, RBP, R12 to R15: a function puts aside what its caller has there (System V ABI). */
#define KEPT 0xf028u

static uint32_t step_before(struct asks *asks, const struct code_function *function, uint32_t step)
{
	if (asks->steps_left < function->count)
		return CODE_NOWHERE;
	asks->steps_left -= function->count;
	return code_sole_before(function, step);
}

uint32_t code_origin_of(struct asks *asks, const struct code_function *function, uint32_t step,
			uint8_t number)
{
	for (unsigned i = 0; i < REACH; i++) {
		step = step_before(asks, function, step);
		if (step == CODE_NOWHERE)
			break;
		const struct code_instruction *at = &function->steps[step].instruction;
		if (at->kind == CODE_CALL && number == CODE_RAX)
			return step;
		if (at->clobbered & 1u << number)
			break;
		if (!code_writes_register(at) || at->written != number)
			continue;
		if (at->from == CODE_NO_REGISTER || at->effect == CODE_CUTS)
			break;
		if (at->effect == CODE_LOADS)
			return step;
		number = at->from;
	}
	return CODE_NOWHERE;
}

bool code_is_new(struct asks *asks, const struct code_function *function, uint32_t step,
		 uint8_t number)
{
	const uint32_t origin = code_origin_of(asks, function, step, number);
	return origin != CODE_NOWHERE &&
	       asks_calls(function->steps[origin].instruction.import, ASKS_CALLS_ALLOCATOR);
}

/* Whether all ends of the function, which makes the object, return its address. */
static bool returns_object(const struct made_maker *maker)
{
	for (uint32_t i = 0; i < maker->function->count; i++) {
		const struct code_instruction *at = &maker->function->steps[i].instruction;
		if (at->kind == CODE_RETURN && !(maker->bases[i] & 1u << CODE_RAX))
			return false;
	}
	return true;
}

bool code_is_made(struct asks *asks, const struct code_function *function, uint32_t step,
		  uint8_t number, const struct made_object *object)
{
	const uint32_t origin = code_origin_of(asks, function, step, number);
	if (origin == CODE_NOWHERE)
		return false;
	const struct code_instruction *at = &function->steps[origin].instruction;
	for (unsigned i = 0; i < object->maker_count && at->kind == CODE_CALL && at->target; i++) {
		const struct code_function *made = object->makers[i].function;
		if (made->steps[made->entry].instruction.address == at->target &&
		    returns_object(&object->makers[i]))
			return true;
	}
	return asks_calls(at->import, ASKS_CALLS_ALLOCATOR);
}

/* Whether the register has the address of a part of the object, which is made there. */
static bool is_made(const struct made_object *object, uint64_t address, uint8_t number)
{
	for (unsigned i = 0; i < object->maker_count; i++) {
		const uint32_t step = code_step_at(object->makers[i].function, address);
		if (step != CODE_NOWHERE && object->makers[i].bases[step] & 1u << number)
			return true;
	}
	return false;
}

/* What is asked of all that a function is given in a register. */
struct given {
	struct asks *asks;
	const struct made_object *object; /* NULL: of no object */
	enum given_what {
		GIVEN_ELEMENT,
		GIVEN_WORD,	/* the same; also constants that are no addresses */
		GIVEN_FUNCTION, /* what is no function of the file */
	} what;
};

static bool may_be_given(const struct given *given, uint64_t start, uint8_t number, unsigned depth);

/* Whether that is where a function of the file begins. */
static bool is_function(struct asks *asks, const struct code_value *value)
{
	uint64_t start, end;
	return value->base == CODE_CONSTANT &&
	       object_code_function(asks->code, value->offset, &start, &end) &&
	       start == value->offset;
}

/* The same of one call. */
static bool may_pass(const struct given *given, uint64_t at, uint8_t number, unsigned depth)
{
	struct asks *asks = given->asks;
	uint64_t start, end;
	if (given->object && is_made(given->object, at, number))
		return false;
	if (!object_code_function(asks->code, at, &start, &end))
		return true;
	const struct code_function *function = asks_function(asks, start);
	const struct code_flow *flow = function ? asks_flow_given(asks, start) : NULL;
	const uint32_t step = flow ? code_step_at(function, at) : CODE_NOWHERE;
	if (step == CODE_NOWHERE)
		return true;
	if (!flow->reached[step])
		return false;
	const struct code_value *value = &flow->before[step].registers[number];
	if (value->base == CODE_GIVEN)
		return may_be_given(given, start, (uint8_t)value->key, depth - 1);
	if (given->what == GIVEN_FUNCTION)
		return !is_function(asks, value);
	if (given->what == GIVEN_WORD && value->base == CODE_CONSTANT)
		return value->offset && !object_code_is_data(asks->code, value->offset);
	return value->base != CODE_CONSTANT && value->base != CODE_FRAME &&
	       !code_is_made(asks, function, step, number, given->object);
}

static bool may_be_given(const struct given *given, uint64_t start, uint8_t number, unsigned depth)
{
	struct asks *asks = given->asks;
	const struct code_stores *stores = asks_stores(asks);
	size_t i = BISECT(0, stores->call_count, j, stores->calls[j].target < start);
	if (!depth || stores_have_taken(stores, start) ||
	    object_code_is_shared(asks->code, start, 1))
		return true;
	for (; i < stores->call_count && stores->calls[i].target == start; i++)
		if (may_pass(given, stores->calls[i].at, number, depth))
			return true;
	return false;
}

bool code_may_be_given_element(struct asks *asks, uint64_t start, uint8_t number,
			       const struct made_object *object)
{
	const struct given given = {.asks = asks, .object = object};
	return may_be_given(&given, start, number, MOST_CALLERS);
}

bool code_may_be_given_word(struct asks *asks, uint64_t start, uint8_t number,
			    const struct made_object *object)
{
	const struct given given = {.asks = asks, .object = object, .what = GIVEN_WORD};
	return may_be_given(&given, start, number, MOST_CALLERS);
}

bool code_is_own_function(struct asks *asks, uint64_t start, const struct code_value *value)
{
	const struct given given = {.asks = asks, .what = GIVEN_FUNCTION};
	return is_function(asks, value) ||
	       (value->base == CODE_GIVEN &&
		!may_be_given(&given, start, (uint8_t)value->key, MOST_CALLERS));
}

/* Whether the instruction puts on the stack what may be an address elsewhere. */
static bool stacks(const struct code_instruction *at, const struct code_values *values)
{
	const bool pushes = at->pushed > 0;
	const bool stores = at->effect == CODE_STORES && at->from != CODE_NO_REGISTER &&
			    values->registers[at->from].base == CODE_FRAME;
	if (!pushes && !stores)
		return false;
	if (pushes && !at->mixed)
		return true; /* a number, or what is in memory */
	for (unsigned i = 0; i < CODE_REGISTERS; i++) {
		const struct code_value *value = &values->registers[i];
		const bool kept = value->base == CODE_GIVEN && value->key == i && KEPT & 1u << i;
		if (((stores && at->written == i) || (pushes && at->mixed & 1u << i)) && !kept &&
		    value->base != CODE_CONSTANT && value->base != CODE_FRAME)
			return true;
	}
	return false;
}

struct code_passed code_passed_to(struct asks *asks, const struct code_function *function,
				  const struct code_flow *flow, uint32_t step)
{
	struct code_passed passed = {0, false};
	for (unsigned i = 0; i < REACH; i++) {
		step = step_before(asks, function, step);
		if (step == CODE_NOWHERE)
			break;
		const struct code_instruction *at = &function->steps[step].instruction;
		if (at->kind == CODE_CALL)
			return passed;
		passed.registers |= at->clobbered;
		if (code_writes_register(at))
			passed.registers |= (uint16_t)(1u << at->written);
		passed.stacked |= stacks(at, &flow->before[step]);
	}
	passed.registers = UINT16_MAX;
	passed.stacked |= asks->steps_left < function->count;
	return passed;
}

/* Whether a function that is called may write an address into the frame: one of the file, or one
 * that copies. What others are given themselves counts there. */
static bool has_kept(struct asks *asks, const struct code_instruction *at,
		     const struct code_values *values)
{
	static const char *const copies[] = {"__memcpy_chk", "__memmove_chk", "__mempcpy_chk",
					     "bcopy",	     "memccpy",	      "memcpy",
					     "memmove",	     "mempcpy"};
	const char *import = code_import_called(asks->code, at, values);
	return code_hands_out(values, 0) && (!import || ONE_OF(import, copies));
}

/* Whether an instruction writes to the frame what may be an address elsewhere, in registers of any
 * kind, or has others do so. */
static bool keeps(struct asks *asks, const struct code_instruction *at,
		  const struct code_values *values)
{
	struct object_raw raw;
	if (at->kind == CODE_CALL)
		return has_kept(asks, at, values);
	if (at->kind != CODE_PLAIN || at->pushed > 0)
		return false;
	if (at->effect == CODE_STORES)
		return stacks(at, values);
	if (!object_raw_decode(asks->code, at->address, &raw) ||
	    raw.operands[0].type != ZYDIS_OPERAND_TYPE_MEMORY ||
	    !(raw.operands[0].actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) ||
	    raw.operands[0].size < 64 || raw.operands[1].type != ZYDIS_OPERAND_TYPE_REGISTER)
		return false;
	const uint8_t base = code_register(raw.operands[0].mem.base);
	return base == CODE_NO_REGISTER || values->registers[base].base == CODE_FRAME;
}

bool code_keeps_addresses(struct asks *asks, const struct code_function *function,
			  const struct code_flow *flow)
{
	if (asks->steps_left < function->count)
		return true;
	asks->steps_left -= function->count;
	for (uint32_t i = 0; i < function->count; i++)
		if (flow->reached[i] &&
		    (keeps(asks, &function->steps[i].instruction, &flow->before[i]) ||
		     code_frame_leaves(flow, &function->steps[i], &flow->before[i], 0)))
			return true;
	return false;
}
