/* Works out what the instructions right before a branch compare. */
#include "code_starts.h"
#include "code_effect.h"
#include "object_raw.h"
#include <string.h>

/* Instructions before a branch that are looked at. */
#define BLOCK_REACH 16u

/* Whether a step is only come to from the one before it, which does nothing else. */
static bool only_follows(const struct code_function *function, uint32_t step)
{
	if (step == 0)
		return false;
	const struct code_instruction *before = &function->steps[step - 1].instruction;
	if (before->kind != CODE_PLAIN ||
	    before->address + before->length != function->steps[step].instruction.address ||
	    function->entry == step)
		return false;
	for (uint32_t i = 0; i < function->count; i++)
		if (function->steps[i].target == step || function->steps[i].landing == step ||
		    (function->steps[i].next == step && i != step - 1))
			return false;
	for (uint32_t i = 0; i < function->orphan_count; i++)
		if (function->orphans[i] == step)
			return false;
	return true;
}

/* What is known before the step, of what is done right before it. */
static struct code_numbers numbers_before(const struct object_code *code,
					  const struct code_function *function,
					  const struct code_flow *flow, unsigned depth,
					  uint32_t step, const struct code_variable *variable,
					  const struct code_object *object,
					  const struct code_written *written)
{
	struct code_numbers numbers;
	uint32_t first = step;
	while (step - first < BLOCK_REACH && only_follows(function, first))
		first--;
	memset(&numbers, 0, sizeof(numbers));
	for (uint32_t i = first; i < step; i++) {
		const struct code_moment moment = {
			.code = code,
			.at = &function->steps[i].instruction,
			.values = &flow->before[i],
			.depth = depth,
			.at_start = true,
			.variable = variable,
			.object = object,
			.written = written,
		};
		code_numbers_apply(&numbers, &moment);
	}
	return numbers;
}

uint32_t code_branch_at_start(const struct object_code *code, const struct code_function *function,
			      const struct code_flow *flow, unsigned depth, uint32_t branch,
			      const struct code_variable *variable,
			      const struct code_object *object, const struct code_written *written)
{
	const struct code_step *at = &function->steps[branch];
	const struct code_numbers numbers =
		numbers_before(code, function, flow, depth, branch, variable, object, written);
	if (!numbers.compared.known || at->instruction.condition == CODE_IF_UNKNOWN)
		return CODE_NOWHERE;
	return code_condition_holds((enum code_condition)at->instruction.condition,
				    &numbers.compared)
		       ? at->target
		       : at->next;
}

/* What is written there, if the variable has that value before. */
static bool stored(const struct object_code *code, const struct code_function *function,
		   const struct code_flow *flow, unsigned depth, uint32_t step,
		   const struct code_variable *variable, uint64_t *value)
{
	const struct code_numbers numbers =
		numbers_before(code, function, flow, depth, step, variable, NULL, NULL);
	struct object_raw raw;
	if (!object_raw_decode(code, function->steps[step].instruction.address, &raw) ||
	    raw.instruction.mnemonic != ZYDIS_MNEMONIC_MOV ||
	    raw.operands[1].type != ZYDIS_OPERAND_TYPE_REGISTER)
		return false;
	uint8_t name = code_register(raw.operands[1].reg.value);
	const uint64_t mask =
		variable->bytes < 8 ? (UINT64_C(1) << variable->bytes * 8) - 1 : UINT64_MAX;
	if (name == CODE_NO_REGISTER || ~numbers.registers[name].known & mask)
		return false;
	*value = numbers.registers[name].value & mask;
	return true;
}

/* The same where one instruction does it all. */
static bool adds_at_once(const struct object_code *code, uint64_t address, uint64_t *added)
{
	struct object_raw raw;
	if (!object_raw_decode(code, address, &raw))
		return false;
	const ZydisDecodedOperand *by = &raw.operands[1];
	switch (raw.instruction.mnemonic) {
	case ZYDIS_MNEMONIC_INC:
		*added = 1;
		return true;
	case ZYDIS_MNEMONIC_DEC:
		*added = UINT64_MAX;
		return true;
	case ZYDIS_MNEMONIC_ADD:
	case ZYDIS_MNEMONIC_SUB:
		*added = raw.instruction.mnemonic == ZYDIS_MNEMONIC_ADD ? by->imm.value.u
									: -by->imm.value.u;
		return by->type == ZYDIS_OPERAND_TYPE_IMMEDIATE;
	default:
		return false;
	}
}

bool code_adds(const struct object_code *code, const struct code_function *function,
	       const struct code_flow *flow, unsigned depth, uint32_t step,
	       const struct code_variable *variable, uint64_t *added)
{
	struct code_variable probe = *variable;
	uint64_t first, second;
	if (adds_at_once(code, function->steps[step].instruction.address, added))
		return true;
	probe.value = 100;
	if (!stored(code, function, flow, depth, step, &probe, &first))
		return false;
	probe.value = 37;
	if (!stored(code, function, flow, depth, step, &probe, &second))
		return false;
	*added = first - 100;
	return first - 100 == second - 37;
}

static void add_place(struct code_written *written, const struct code_value *place, unsigned bytes)
{
	written->anywhere |= place->base != CODE_CONSTANT || written->count == WRITTEN_MAX;
	if (!written->anywhere)
		written->places[written->count++] = (struct code_variable){
			.address = place->offset, .bytes = bytes ? bytes : 1};
}

void code_written_add(struct code_written *written, const struct object_code *code,
		      const struct code_function *function, const struct code_flow *flow,
		      unsigned depth, uint32_t step)
{
	const struct code_instruction *at = &function->steps[step].instruction;
	struct object_raw raw;
	if (at->kind != CODE_PLAIN || at->pushed)
		return;
	if (!object_raw_decode(code, at->address, &raw)) {
		written->anywhere = true;
		return;
	}
	for (unsigned i = 0; i < raw.instruction.operand_count; i++) {
		const ZydisDecodedOperand *operand = &raw.operands[i];
		struct code_instruction memory = *at;
		struct code_value place = {CODE_UNKNOWN, 0, 0};
		if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY ||
		    !(operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE))
			continue;
		if (code_memory(&raw.instruction, operand, &memory)) {
			if (memory.from == CODE_NO_REGISTER)
				place.base = CODE_CONSTANT;
			else
				place = flow->before[step].registers[memory.from];
			place.offset += (uint64_t)memory.offset;
		}
		if (raw.instruction.attributes & ZYDIS_ATTRIB_HAS_REP &&
		    place.base == CODE_CONSTANT)
			written->anywhere = true;
		if (place.base != CODE_FRAME || place.key != depth)
			add_place(written, &place, operand->size / 8u);
	}
}
