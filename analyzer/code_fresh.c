/* A pointer is written by 8 bytes at once, or more. */
#include "code_fresh.h"
#include "code_alias.h"
#include "code_writes.h"

/* Instructions that are looked at before a step. */
#define REACH 32u

bool code_is_of_memory(const struct code_value *value)
{
	return value->base == CODE_VARIABLE || value->base == CODE_MEMORY;
}

bool code_may_exchange(const struct code_value *lock, const struct code_instruction *at,
		       const struct code_values *values, unsigned depth)
{
	const bool alone = at->spread == CODE_SPREAD_NOT;
	struct code_value to = {CODE_CONSTANT, 0, (uint64_t)at->offset};
	if (!code_is_of_memory(lock) || (at->effect != CODE_STORES && at->effect != CODE_SPOILS) ||
	    (at->effect == CODE_SPOILS && alone && at->bytes < sizeof(uint64_t)))
		return false;
	if (at->from != CODE_NO_REGISTER) {
		to = values->registers[at->from];
		to.offset += (uint64_t)at->offset;
	}
	if (to.base == CODE_FRAME)
		return to.key != depth && lock->base == CODE_MEMORY;
	if (lock->base == CODE_MEMORY || to.base == CODE_UNKNOWN)
		return true;
	if (to.base != CODE_CONSTANT)
		return at->effect == CODE_STORES;
	return !alone || to.offset - lock->key + 64 < 128;
}

bool code_call_may_exchange(const struct code_value *lock, const char *import,
			    const struct code_values *values, unsigned depth)
{
	const struct code_writes *known = code_writes_of(import);
	if (!known || !code_is_of_memory(lock))
		return false;
	for (const struct code_place *place = known->places; place->to != CODE_RAX; place++) {
		const struct code_value *to = &values->registers[place->to];
		if (place->found)
			return true;
		if (to->base == CODE_FRAME && to->key == depth)
			continue;
		if (lock->base == CODE_MEMORY ||
		    (to->base == CODE_CONSTANT && to->offset <= lock->key))
			return true;
	}
	return false;
}

bool code_is_fresh(const struct code_function *function, const struct code_flow *flow,
		   uint32_t step, uint8_t number)
{
	const struct code_value value = flow->before[step].registers[number];
	for (unsigned i = 0; i < REACH && code_is_of_memory(&flow->before[step].registers[number]);
	     i++) {
		step = code_only_before(function, step);
		if (step == CODE_NOWHERE)
			return false;
		const struct code_instruction *at = &function->steps[step].instruction;
		const struct code_values *values = &flow->before[step];
		if (at->clobbered & 1u << number || code_may_exchange(&value, at, values, 0))
			return false;
		if (!code_writes_register(at) || at->written != number)
			continue;
		if (at->from == CODE_NO_REGISTER)
			return at->effect == CODE_LOADS;
		number = at->from;
		if (at->effect == CODE_LOADS && values->registers[number].base == CODE_FRAME)
			return false;
	}
	return !code_is_of_memory(&flow->before[step].registers[number]);
}

uint16_t code_old_behind(uint16_t old, const struct code_instruction *at,
			 const struct code_values *values)
{
	bool from_old = false;
	if (!code_writes_register(at))
		return old;
	if (at->from != CODE_NO_REGISTER) {
		const struct code_value *from = &values->registers[at->from];
		from_old = (code_is_of_memory(from) && old & 1u << at->from) ||
			   (at->effect == CODE_LOADS && from->base == CODE_FRAME);
	}
	const uint16_t written = (uint16_t)(1u << at->written);
	return from_old ? old | written : old & (uint16_t)~written;
}
