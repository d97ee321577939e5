#include "code_links.h"
#include "code_effect.h"
#include "code_explored.h"
#include "code_given.h"
#include "object_raw.h"

/* Whether both are the same thing, maybe with something added. */
static bool is_same(const struct code_value *a, const struct code_value *b)
{
	return a->base == b->base && a->key == b->key &&
	       (a->base == CODE_GIVEN || a->base == CODE_VARIABLE || a->base == CODE_MEMORY);
}

static bool spend(struct asks *asks, const struct code_function *function)
{
	const bool there = asks->steps_left >= function->count;
	asks->steps_left -= there ? function->count : 0;
	return there;
}

/* Whether a register has it. */
static bool is_had(const struct code_values *values, const struct code_value *value)
{
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (is_same(&values->registers[i], value))
			return true;
	return false;
}

/* Whether the instruction reads or writes through the value: with nothing else in the address. */
static bool goes_through(struct asks *asks, const struct code_instruction *at,
			 const struct code_values *values, const struct code_value *value)
{
	struct object_raw raw;
	if (at->kind != CODE_PLAIN || !is_had(values, value) ||
	    !object_raw_decode(asks->code, at->address, &raw))
		return false;
	for (unsigned i = 0; i < raw.instruction.operand_count_visible; i++) {
		const ZydisDecodedOperand *operand = &raw.operands[i];
		const uint8_t base = code_register(operand->mem.base);
		if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
		    operand->mem.type == ZYDIS_MEMOP_TYPE_MEM && base != CODE_NO_REGISTER &&
		    operand->mem.index == ZYDIS_REGISTER_NONE &&
		    raw.instruction.mnemonic != ZYDIS_MNEMONIC_NOP &&
		    is_same(&values->registers[base], value))
			return true;
	}
	return false;
}

/* Whether some instruction of the function does. */
static bool is_gone_through(struct asks *asks, const struct code_link *link,
			    const struct code_value *value)
{
	const struct code_function *function = link->function;
	for (uint32_t i = 0; i < function->count; i++)
		if (link->flow->reached[i] && goes_through(asks, &function->steps[i].instruction,
							   &link->flow->before[i], value))
			return true;
	return false;
}

static bool is_address(struct asks *asks, const struct code_link *link, uint32_t step, uint8_t word,
		       const struct made_object *object)
{
	const struct code_value *value = &link->flow->before[step].registers[word];
	uint64_t start, end;
	if (value->base == CODE_FRAME || code_is_made(asks, link->function, step, word, object) ||
	    is_gone_through(asks, link, value))
		return true;
	return value->base == CODE_GIVEN && value->offset == 0 &&
	       object_code_function(asks->code, link->function->steps[step].instruction.address,
				    &start, &end) &&
	       !code_may_be_given_word(asks, start, (uint8_t)value->key, object);
}

/* Where an instruction reads from, or writes to. */
static struct code_value place_of(const struct code_instruction *at,
				  const struct code_values *values)
{
	struct code_value place = {CODE_CONSTANT, 0, 0};
	if (at->from != CODE_NO_REGISTER)
		place = values->registers[at->from];
	place.offset += (uint64_t)at->offset;
	return place;
}

static bool is_there(const struct code_value *a, const struct code_value *b)
{
	return a->base == b->base && a->key == b->key && a->offset == b->offset &&
	       a->base != CODE_UNKNOWN;
}

/* Whether an address is stored there. */
static bool is_address_put(struct asks *asks, const struct code_link *link,
			   const struct code_value *place, const struct made_object *object)
{
	const struct code_function *function = link->function;
	for (uint32_t i = 0; i < function->count; i++) {
		const struct code_instruction *at = &function->steps[i].instruction;
		if (!link->flow->reached[i] || at->effect != CODE_STORES)
			continue;
		const struct code_value there = place_of(at, &link->flow->before[i]);
		if (is_there(&there, place) && is_address(asks, link, i, at->written, object))
			return true;
	}
	return false;
}

/* Goes over all words that the function reads from memory. */
static bool is_read_as_link(struct asks *asks, const struct code_link *link,
			    const struct code_value *to, const struct made_object *object)
{
	const struct code_function *function = link->function;
	const struct code_value *word = &link->flow->before[link->step].registers[link->word];
	for (uint32_t i = 0; i < function->count; i++) {
		const struct code_instruction *at = &function->steps[i].instruction;
		const uint32_t next = function->steps[i].next;
		if (!link->flow->reached[i] || at->effect != CODE_LOADS || next == CODE_NOWHERE ||
		    !link->flow->reached[next])
			continue;
		const struct code_value *read = &link->flow->before[next].registers[at->written];
		const struct code_value from = place_of(at, &link->flow->before[i]);
		if (is_same(read, word) && spend(asks, function) &&
		    is_address_put(asks, link, &from, object))
			return true;
		if (is_there(&from, to) && spend(asks, function) &&
		    is_gone_through(asks, link, read))
			return true;
	}
	return false;
}

bool code_is_link(struct asks *asks, const struct code_link *link, const struct made_object *object)
{
	struct code_value to = {CODE_UNKNOWN, 0, 0};
	if (!spend(asks, link->function))
		return false;
	if (link->base != CODE_NO_REGISTER)
		to = link->flow->before[link->step].registers[link->base];
	to.offset += (uint64_t)link->offset;
	return is_address(asks, link, link->step, link->word, object) ||
	       is_read_as_link(asks, link, &to, object);
}
