/* Only what moves addresses and numbers about is understood; all else spoils what it writes. */
#include "code_effect.h"

/* The number of the general register that this one is, or is a part of; CODE_NO_REGISTER. */
uint8_t code_register(ZydisRegister name)
{
	ZydisRegister whole = ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, name);
	return whole >= ZYDIS_REGISTER_RAX && whole <= ZYDIS_REGISTER_R15
		       ? (uint8_t)(whole - ZYDIS_REGISTER_RAX)
		       : CODE_NO_REGISTER;
}

/* The memory of an operand as a register and an offset; false: it takes more. */
bool code_memory(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operand,
		 struct code_instruction *instruction)
{
	const ZydisDecodedOperandMem *memory = &operand->mem;
	if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY || memory->index != ZYDIS_REGISTER_NONE ||
	    memory->segment == ZYDIS_REGISTER_FS || memory->segment == ZYDIS_REGISTER_GS)
		return false;
	instruction->offset = memory->disp.value;
	instruction->from = CODE_NO_REGISTER;
	if (memory->base == ZYDIS_REGISTER_RIP)
		instruction->offset = (int64_t)(instruction->address + raw->length +
						(uint64_t)memory->disp.value);
	else if (memory->base != ZYDIS_REGISTER_NONE)
		instruction->from = code_register(memory->base);
	return memory->base == ZYDIS_REGISTER_NONE || memory->base == ZYDIS_REGISTER_RIP ||
	       instruction->from != CODE_NO_REGISTER;
}

static bool is_register(const ZydisDecodedOperand *operand, unsigned bits)
{
	return operand->type == ZYDIS_OPERAND_TYPE_REGISTER && operand->size == bits &&
	       code_register(operand->reg.value) != CODE_NO_REGISTER;
}

static void sets(struct code_instruction *instruction, const ZydisDecodedOperand *operand,
		 uint8_t from, uint64_t offset)
{
	instruction->effect = CODE_SETS;
	instruction->written = code_register(operand->reg.value);
	instruction->from = from;
	instruction->offset = (int64_t)offset;
}

static void cuts(struct code_instruction *instruction, const ZydisDecodedOperand *to,
		 const ZydisDecodedOperand *from)
{
	sets(instruction, to, code_register(from->reg.value), 0);
	instruction->effect = CODE_CUTS;
}

/* Of a value that is not followed it is still known from where it comes. */
static void looks(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *from,
		  struct code_instruction *instruction)
{
	if (code_memory(raw, from, instruction))
		instruction->effect = CODE_LOOKS;
}

static void effect_of_move(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
			   struct code_instruction *instruction)
{
	const ZydisDecodedOperand *to = &operands[0], *from = &operands[1];
	bool wide = is_register(to, 64);
	if ((wide || is_register(to, 32)) && from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		sets(instruction, to, CODE_NO_REGISTER,
		     wide ? from->imm.value.u : (uint32_t)from->imm.value.u);
	else if (wide && is_register(from, 64))
		sets(instruction, to, code_register(from->reg.value), 0);
	else if (is_register(to, 32) && is_register(from, 32))
		cuts(instruction, to, from);
	else if (wide && code_memory(raw, from, instruction)) {
		instruction->effect = CODE_LOADS;
		instruction->written = code_register(to->reg.value);
	} else if (is_register(from, 64) && code_memory(raw, to, instruction)) {
		instruction->effect = CODE_STORES;
		instruction->written = code_register(from->reg.value);
	} else if (to->type == ZYDIS_OPERAND_TYPE_REGISTER) {
		looks(raw, from, instruction);
	}
}

/* What is compared of a register; AH and its like are not its lower part. */
static void compares(struct code_instruction *instruction, const ZydisDecodedOperand *operand,
		     int64_t to)
{
	if (operand->type != ZYDIS_OPERAND_TYPE_REGISTER ||
	    code_register(operand->reg.value) == CODE_NO_REGISTER ||
	    (operand->reg.value >= ZYDIS_REGISTER_AH && operand->reg.value <= ZYDIS_REGISTER_BH))
		return;
	instruction->effect = CODE_COMPARES;
	instruction->from = code_register(operand->reg.value);
	instruction->bytes = (uint8_t)(operand->size / 8);
	instruction->offset = to;
}

static void effect_of_test(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
			   struct code_instruction *instruction)
{
	const ZydisDecodedOperand *of = &operands[0], *with = &operands[1];
	bool number = raw->mnemonic == ZYDIS_MNEMONIC_CMP;
	if (!number && with->type == ZYDIS_OPERAND_TYPE_REGISTER &&
	    of->type == ZYDIS_OPERAND_TYPE_REGISTER && with->reg.value == of->reg.value) {
		instruction->test = CODE_TESTS_NUMBER;
		compares(instruction, of, 0);
		return;
	}
	if (with->type != ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return;
	instruction->test = number ? CODE_TESTS_NUMBER : CODE_TESTS_BITS;
	instruction->against = with->imm.value.s;
	if (of->type == ZYDIS_OPERAND_TYPE_MEMORY) {
		if (code_memory(raw, of, instruction))
			instruction->effect = CODE_LOOKS;
	} else if (number) {
		compares(instruction, of, instruction->against);
	} else if (of->type == ZYDIS_OPERAND_TYPE_REGISTER) {
		instruction->from = code_register(of->reg.value);
	}
}

static void effect_of(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
		      struct code_instruction *instruction)
{
	const ZydisDecodedOperand *to = &operands[0], *from = &operands[1];
	switch (raw->mnemonic) {
	case ZYDIS_MNEMONIC_MOV:
		effect_of_move(raw, operands, instruction);
		break;
	case ZYDIS_MNEMONIC_MOVSX:
	case ZYDIS_MNEMONIC_MOVSXD:
	case ZYDIS_MNEMONIC_MOVZX:
		looks(raw, from, instruction);
		break;
	case ZYDIS_MNEMONIC_LEA:
		if (is_register(to, 64) && code_memory(raw, from, instruction))
			sets(instruction, to, instruction->from, (uint64_t)instruction->offset);
		break;
	case ZYDIS_MNEMONIC_XOR:
		if ((is_register(to, 64) || is_register(to, 32)) &&
		    from->type == ZYDIS_OPERAND_TYPE_REGISTER && from->reg.value == to->reg.value)
			sets(instruction, to, CODE_NO_REGISTER, 0);
		break;
	case ZYDIS_MNEMONIC_SYSCALL:
		instruction->clobbered = 1u << CODE_RAX;
		break;
	case ZYDIS_MNEMONIC_ADD:
	case ZYDIS_MNEMONIC_SUB:
		if (is_register(to, 64) && from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
			sets(instruction, to, code_register(to->reg.value),
			     raw->mnemonic == ZYDIS_MNEMONIC_ADD ? from->imm.value.u
								 : -from->imm.value.u);
		break;
	case ZYDIS_MNEMONIC_CMP:
	case ZYDIS_MNEMONIC_TEST:
		effect_of_test(raw, operands, instruction);
		break;
	case ZYDIS_MNEMONIC_PUSH:
		instruction->pushed = 8;
		break;
	case ZYDIS_MNEMONIC_POP:
		instruction->pushed = -8;
		break;
	default:
		break;
	}
}

bool code_writes_register(const struct code_instruction *instruction)
{
	return instruction->effect == CODE_SETS || instruction->effect == CODE_CUTS ||
	       instruction->effect == CODE_LOADS;
}

static void spoils(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operand,
		   struct code_instruction *instruction)
{
	const ZyanU64 repeated =
		ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE;
	ZydisDecodedOperand whole = *operand;
	whole.mem.index = ZYDIS_REGISTER_NONE;
	if (!code_memory(raw, &whole, instruction))
		return;
	instruction->effect = CODE_SPOILS;
	instruction->bytes = (uint8_t)(operand->size / 8);
	if (operand->mem.index != ZYDIS_REGISTER_NONE || operand->size / 8 > UINT8_MAX)
		instruction->spread = CODE_SPREAD_ANYWHERE;
	else if (raw->attributes & repeated)
		instruction->spread = CODE_SPREAD_COUNTED;
}

/* Notes which registers get another value than the effect tells, and writing to memory. */
static void writes_of(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
		      struct code_instruction *instruction)
{
	bool told = code_writes_register(instruction);
	for (size_t i = 0; i < raw->operand_count; i++) {
		const ZydisDecodedOperand *operand = &operands[i];
		if (!(operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE))
			continue;
		if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
		    instruction->effect == CODE_NO_EFFECT && !instruction->pushed)
			spoils(raw, operand, instruction);
		if (operand->type != ZYDIS_OPERAND_TYPE_REGISTER)
			continue;
		uint8_t number = code_register(operand->reg.value);
		if (number != CODE_NO_REGISTER && !(told && number == instruction->written) &&
		    !(instruction->pushed && number == CODE_RSP))
			instruction->clobbered |= (uint16_t)(1u << number);
	}
}

static uint16_t bit_of(ZydisRegister name)
{
	uint8_t number = code_register(name);
	return number == CODE_NO_REGISTER ? 0 : (uint16_t)(1u << number);
}

/* Notes what is read, or may be left as it is, and not followed. The stack pointer that is moved
 * stays one. */
static void reads_of(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
		     struct code_instruction *instruction)
{
	const unsigned kept = ZYDIS_OPERAND_ACTION_MASK_READ | ZYDIS_OPERAND_ACTION_CONDWRITE;
	if (code_writes_register(instruction) || instruction->effect == CODE_STORES ||
	    raw->mnemonic == ZYDIS_MNEMONIC_CMP || raw->mnemonic == ZYDIS_MNEMONIC_TEST ||
	    raw->mnemonic == ZYDIS_MNEMONIC_NOP)
		return;
	for (size_t i = 0; i < raw->operand_count; i++) {
		const ZydisDecodedOperand *operand = &operands[i];
		bool writes = operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE;
		if (operand->visibility == ZYDIS_OPERAND_VISIBILITY_HIDDEN)
			continue;
		if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
		    operand->mem.type == ZYDIS_MEMOP_TYPE_AGEN)
			instruction->mixed |=
				bit_of(operand->mem.base) | bit_of(operand->mem.index);
		else if (operand->type == ZYDIS_OPERAND_TYPE_REGISTER && operand->actions & kept &&
			 !(writes && code_register(operand->reg.value) == CODE_RSP))
			instruction->mixed |= bit_of(operand->reg.value);
	}
	instruction->computed =
		raw->mnemonic != ZYDIS_MNEMONIC_MOV && raw->mnemonic != ZYDIS_MNEMONIC_MOVQ &&
		raw->mnemonic != ZYDIS_MNEMONIC_PUSH && raw->mnemonic != ZYDIS_MNEMONIC_XCHG &&
		raw->meta.category != ZYDIS_CATEGORY_CMOV;
}

static bool changes_flags(const ZydisDecodedInstruction *raw)
{
	const ZydisAccessedFlags *flags = raw->cpu_flags;
	const ZyanU32 compared =
		ZYDIS_CPUFLAG_CF | ZYDIS_CPUFLAG_ZF | ZYDIS_CPUFLAG_SF | ZYDIS_CPUFLAG_OF;
	return flags &&
	       (flags->modified | flags->set_0 | flags->set_1 | flags->undefined) & compared;
}

void code_effect_read(const ZydisDecodedInstruction *raw, const ZydisDecodedOperand *operands,
		      struct code_instruction *instruction)
{
	effect_of(raw, operands, instruction);
	writes_of(raw, operands, instruction);
	reads_of(raw, operands, instruction);
	instruction->flags = changes_flags(raw);
}

enum code_condition code_condition_of(ZydisMnemonic mnemonic)
{
	static const struct {
		ZydisMnemonic mnemonic;
		enum code_condition condition;
	} conditions[] = {
		{ZYDIS_MNEMONIC_JZ, CODE_IF_EQUAL},
		{ZYDIS_MNEMONIC_JNZ, CODE_IF_NOT_EQUAL},
		{ZYDIS_MNEMONIC_JB, CODE_IF_BELOW},
		{ZYDIS_MNEMONIC_JNB, CODE_IF_NOT_BELOW},
		{ZYDIS_MNEMONIC_JBE, CODE_IF_BELOW_OR_EQUAL},
		{ZYDIS_MNEMONIC_JNBE, CODE_IF_ABOVE},
		{ZYDIS_MNEMONIC_JL, CODE_IF_LESS},
		{ZYDIS_MNEMONIC_JNL, CODE_IF_NOT_LESS},
		{ZYDIS_MNEMONIC_JLE, CODE_IF_LESS_OR_EQUAL},
		{ZYDIS_MNEMONIC_JNLE, CODE_IF_GREATER},
		{ZYDIS_MNEMONIC_JS, CODE_IF_NEGATIVE},
		{ZYDIS_MNEMONIC_JNS, CODE_IF_NOT_NEGATIVE},
	};
	for (size_t i = 0; i < sizeof(conditions) / sizeof(*conditions); i++)
		if (conditions[i].mnemonic == mnemonic)
			return conditions[i].condition;
	return CODE_IF_UNKNOWN;
}
