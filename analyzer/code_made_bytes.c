/* Byte by byte: a member may be written together with its neighbours. */
#include "code_made_bytes.h"
#include "code_effect.h"

#define NO_VECTOR 16u

void made_set(struct made_state *state, const struct made_object *object, uint64_t offset,
	      uint64_t bytes, struct code_number number)
{
	const bool zero = number.known == UINT64_MAX && number.value == 0;
	/* Who writes with the mutex taken, once others may, says what is so then. */
	if (state->out && state->held)
		return;
	for (unsigned i = 0; i < object->bytes; i++) {
		const uint64_t place = object->member + i - offset;
		const unsigned at = i * 8;
		uint8_t known = zero ? UINT8_MAX : 0, value = 0;
		if (object->member + i < offset || place >= bytes)
			continue;
		if (place < sizeof(uint64_t) && !zero) {
			known = (uint8_t)(number.known >> place * 8);
			value = (uint8_t)(number.value >> place * 8);
		}
		state->member.known &= ~(UINT64_C(0xff) << at);
		state->member.value &= ~(UINT64_C(0xff) << at);
		state->member.known |= (uint64_t)known << at;
		state->member.value |= (uint64_t)(value & known) << at;
	}
}

static unsigned vector_of(ZydisRegister name)
{
	ZydisRegister whole = ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, name);
	return whole >= ZYDIS_REGISTER_ZMM0 && whole < ZYDIS_REGISTER_ZMM0 + (int)NO_VECTOR
		       ? (unsigned)(whole - ZYDIS_REGISTER_ZMM0)
		       : NO_VECTOR;
}

static bool moves_vector(ZydisMnemonic mnemonic)
{
	static const ZydisMnemonic moving[] = {
		ZYDIS_MNEMONIC_MOVAPD,	ZYDIS_MNEMONIC_MOVAPS,	ZYDIS_MNEMONIC_MOVDQA,
		ZYDIS_MNEMONIC_MOVDQU,	ZYDIS_MNEMONIC_MOVQ,	ZYDIS_MNEMONIC_MOVUPD,
		ZYDIS_MNEMONIC_MOVUPS,	ZYDIS_MNEMONIC_VMOVAPS, ZYDIS_MNEMONIC_VMOVDQA,
		ZYDIS_MNEMONIC_VMOVDQU, ZYDIS_MNEMONIC_VMOVUPS,
	};
	for (size_t i = 0; i < sizeof(moving) / sizeof(*moving); i++)
		if (moving[i] == mnemonic)
			return true;
	return false;
}

/* What one element that is written is. */
static struct code_number written(const struct made_state *state, const struct object_raw *raw)
{
	const struct code_number unknown = {0, 0, false}, zero = {0, UINT64_MAX, false};
	const ZydisDecodedOperand *from = &raw->operands[1];
	if (from->type == ZYDIS_OPERAND_TYPE_REGISTER && moves_vector(raw->instruction.mnemonic)) {
		unsigned vector = vector_of(from->reg.value);
		return vector != NO_VECTOR && state->zeros & 1u << vector ? zero : unknown;
	}
	if (raw->instruction.mnemonic != ZYDIS_MNEMONIC_MOV)
		return unknown;
	if (from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return (struct code_number){from->imm.value.u, UINT64_MAX, false};
	uint8_t name = from->type == ZYDIS_OPERAND_TYPE_REGISTER ? code_register(from->reg.value)
								 : CODE_NO_REGISTER;
	bool high = from->reg.value >= ZYDIS_REGISTER_AH && from->reg.value <= ZYDIS_REGISTER_BH;
	if (name == CODE_NO_REGISTER || high || state->numbers.registers[name].marked)
		return unknown;
	return state->numbers.registers[name];
}

static bool is_repeated(const struct object_raw *raw)
{
	return raw->instruction.attributes &
	       (ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE);
}

static bool stores_string(ZydisMnemonic mnemonic)
{
	return mnemonic == ZYDIS_MNEMONIC_STOSB || mnemonic == ZYDIS_MNEMONIC_STOSW ||
	       mnemonic == ZYDIS_MNEMONIC_STOSD || mnemonic == ZYDIS_MNEMONIC_STOSQ;
}

void made_write(struct made_state *state, const struct made_object *object,
		const struct object_raw *raw, const ZydisDecodedOperand *to, uint64_t offset)
{
	const struct code_number unknown = {0, 0, false};
	const struct code_number *count = &state->numbers.registers[CODE_RCX];
	const struct code_number *value = &state->numbers.registers[CODE_RAX];
	uint64_t bytes = to->size / 8;
	if (to->mem.index != ZYDIS_REGISTER_NONE) {
		made_set(state, object, 0, MADE_ALL_BYTES, unknown);
	} else if (is_repeated(raw)) {
		bool zero = stores_string(raw->instruction.mnemonic) && !value->marked &&
			    value->known == UINT64_MAX && value->value == 0;
		bool counted =
			!count->marked && count->known == UINT64_MAX && count->value <= UINT32_MAX;
		made_set(state, object, offset, MADE_ALL_BYTES, unknown);
		if (zero && counted)
			made_set(state, object, offset, bytes * count->value, *value);
	} else {
		made_set(state, object, offset, bytes, written(state, raw));
	}
}

static bool clears_vector(const struct object_raw *raw)
{
	static const ZydisMnemonic clearing[] = {ZYDIS_MNEMONIC_PXOR, ZYDIS_MNEMONIC_XORPD,
						 ZYDIS_MNEMONIC_XORPS, ZYDIS_MNEMONIC_VPXOR,
						 ZYDIS_MNEMONIC_VXORPS};
	const ZydisDecodedOperand *left = &raw->operands[0], *right = &raw->operands[1];
	if (raw->instruction.operand_count_visible == 3)
		left = right, right = &raw->operands[2];
	for (size_t i = 0; i < sizeof(clearing) / sizeof(*clearing); i++)
		if (clearing[i] == raw->instruction.mnemonic)
			return left->type == ZYDIS_OPERAND_TYPE_REGISTER &&
			       right->type == ZYDIS_OPERAND_TYPE_REGISTER &&
			       left->reg.value == right->reg.value;
	return false;
}

void made_vectors(struct made_state *state, const struct object_raw *raw)
{
	for (unsigned i = 0; i < raw->instruction.operand_count; i++) {
		const ZydisDecodedOperand *operand = &raw->operands[i];
		unsigned vector = operand->type == ZYDIS_OPERAND_TYPE_REGISTER
					  ? vector_of(operand->reg.value)
					  : NO_VECTOR;
		if (vector != NO_VECTOR && operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE)
			state->zeros &= (uint16_t) ~(1u << vector);
		if (vector != NO_VECTOR && i == 0 && clears_vector(raw))
			state->zeros |= (uint16_t)(1u << vector);
	}
}
