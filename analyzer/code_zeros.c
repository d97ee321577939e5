/* Vector registers are followed back to where they were cleared. */
#include "code_zeros.h"
#include "code_effect.h"
#include "object_raw.h"
#include <string.h>

/* Steps before one that are looked at. */
#define REACH 64u

uint32_t code_sole_before(const struct code_function *function, uint32_t step)
{
	uint32_t found = CODE_NOWHERE;
	for (uint32_t i = 0; i < function->count; i++) {
		const struct code_step *at = &function->steps[i];
		if (at->next != step && at->target != step && at->landing != step)
			continue;
		if (found != CODE_NOWHERE || at->landing == step)
			return CODE_NOWHERE;
		found = i;
	}
	for (uint32_t i = 0; i < function->orphan_count; i++)
		if (function->orphans[i] == step)
			return CODE_NOWHERE;
	return step == function->entry ? CODE_NOWHERE : found;
}

static bool is_zero(const struct code_value *value, uint64_t mask)
{
	return value->base == CODE_CONSTANT && (value->offset & mask) == 0;
}

static ZydisRegister whole(ZydisRegister name)
{
	return ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, name);
}

/* Whether it clears the register, all of what others can store of it. */
static bool clears(const struct object_raw *raw)
{
	const ZydisDecodedOperand *last =
		&raw->operands[raw->instruction.operand_count_visible - 1u];
	switch (raw->instruction.mnemonic) {
	case ZYDIS_MNEMONIC_PXOR:
	case ZYDIS_MNEMONIC_XORPS:
	case ZYDIS_MNEMONIC_XORPD:
	case ZYDIS_MNEMONIC_VPXOR:
	case ZYDIS_MNEMONIC_VXORPS:
	case ZYDIS_MNEMONIC_VXORPD:
		return last->type == ZYDIS_OPERAND_TYPE_REGISTER &&
		       last[-1].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		       last->reg.value == last[-1].reg.value;
	default:
		return false;
	}
}

static bool writes(const struct object_raw *raw, ZydisRegister vector)
{
	for (unsigned i = 0; i < raw->instruction.operand_count; i++)
		if (raw->operands[i].type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    raw->operands[i].actions & ZYDIS_OPERAND_ACTION_MASK_WRITE &&
		    whole(raw->operands[i].reg.value) == vector)
			return true;
	return false;
}

static bool is_cleared(const struct object_code *code, const struct code_function *function,
		       uint32_t step, const ZydisDecodedOperand *operand, uint64_t *steps_left)
{
	for (unsigned i = 0; i < REACH && *steps_left >= function->count; i++) {
		struct object_raw raw;
		*steps_left -= function->count;
		step = code_sole_before(function, step);
		if (step == CODE_NOWHERE ||
		    !object_raw_decode(code, function->steps[step].instruction.address, &raw) ||
		    function->steps[step].instruction.kind == CODE_CALL)
			return false;
		if (writes(&raw, whole(operand->reg.value)))
			return clears(&raw) && raw.operands[0].size >= operand->size;
	}
	return false;
}

static bool moves_vector(ZydisMnemonic mnemonic)
{
	switch (mnemonic) {
	case ZYDIS_MNEMONIC_MOVAPD:
	case ZYDIS_MNEMONIC_MOVAPS:
	case ZYDIS_MNEMONIC_MOVDQA:
	case ZYDIS_MNEMONIC_MOVDQU:
	case ZYDIS_MNEMONIC_MOVQ:
	case ZYDIS_MNEMONIC_MOVUPD:
	case ZYDIS_MNEMONIC_MOVUPS:
		return true;
	default:
		return false;
	}
}

bool code_writes_zeros(const struct object_code *code, const struct code_function *function,
		       const struct code_flow *flow, uint32_t step, uint64_t *steps_left)
{
	const struct code_instruction *at = &function->steps[step].instruction;
	const struct code_value *registers = flow->before[step].registers;
	struct object_raw raw;
	if (!flow->reached[step])
		return true;
	if (at->import)
		return strcmp(at->import, "memset") == 0 && is_zero(&registers[CODE_RSI], 0xff);
	if (!object_raw_decode(code, at->address, &raw))
		return false;
	const ZydisDecodedOperand *from = &raw.operands[1];
	const ZydisMnemonic mnemonic = raw.instruction.mnemonic;
	if (mnemonic == ZYDIS_MNEMONIC_STOSB || mnemonic == ZYDIS_MNEMONIC_STOSD ||
	    mnemonic == ZYDIS_MNEMONIC_STOSW || mnemonic == ZYDIS_MNEMONIC_STOSQ)
		return is_zero(&registers[CODE_RAX], UINT64_MAX);
	if (mnemonic == ZYDIS_MNEMONIC_MOV && from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return from->imm.value.u == 0;
	if (from->type != ZYDIS_OPERAND_TYPE_REGISTER)
		return false;
	if (mnemonic == ZYDIS_MNEMONIC_MOV)
		return code_register(from->reg.value) != CODE_NO_REGISTER &&
		       is_zero(&registers[code_register(from->reg.value)], UINT64_MAX);
	return moves_vector(mnemonic) && is_cleared(code, function, step, from, steps_left);
}
