/* Moves, tests and what is done bit by bit are understood; all else leaves nothing known. */
#include "code_numbers.h"
#include "code_early.h"
#include "code_effect.h"
#include "code_fresh.h"
#include "object_raw.h"

/* RAX, RCX, RDX, RSI, RDI, R8 to R11: no call leaves what is in them (System V ABI). */
#define SCRATCH 0x0fc7u

struct change {
	struct code_numbers *numbers;
	const struct code_moment *moment;
	struct object_raw raw;
};

static uint64_t mask_of(unsigned bits)
{
	return bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

static struct code_number number_of(uint64_t value, uint64_t known)
{
	return (struct code_number){value & known, known, false};
}

/* Where in the function's own frame the operand is. */
static bool in_frame(const struct change *change, const ZydisDecodedOperand *operand,
		     uint64_t *offset)
{
	struct code_instruction memory = *change->moment->at;
	const struct code_value *base;
	if (!code_memory(&change->raw.instruction, operand, &memory) ||
	    memory.from == CODE_NO_REGISTER)
		return false;
	base = &change->moment->values->registers[memory.from];
	*offset = base->offset + (uint64_t)memory.offset;
	return base->base == CODE_FRAME && base->key == change->moment->depth;
}

static bool is_written(const struct code_written *written, uint64_t address, unsigned bytes)
{
	for (unsigned i = 0; written && i < written->count; i++) {
		const struct code_variable *place = &written->places[i];
		if (place->address - address < bytes || address - place->address < place->bytes)
			return true;
	}
	return written &&
	       (written->anywhere ||
		(written->early && code_early_has(written->early, address, bytes, written->test)));
}

/* What is in an object's memory when that begins. */
static struct code_number read_object(const struct change *change, const struct code_value *base,
				      uint64_t address, unsigned bits)
{
	const struct code_object *object = change->moment->object;
	const struct code_written *written = change->moment->written;
	uint64_t value;
	if (!object || object->lock.base == CODE_UNKNOWN || object->lock.base != base->base ||
	    object->lock.key != base->key || (written && written->anywhere) ||
	    !object->at_start(object, base->offset + address - object->lock.offset, bits / 8,
			      &value))
		return number_of(0, 0);
	return number_of(value, UINT64_MAX);
}

/* What is in the operand's memory, if that is the file's, when the program begins. */
static struct code_number read_start(const struct change *change,
				     const ZydisDecodedOperand *operand, unsigned bits)
{
	struct code_instruction memory = *change->moment->at;
	const struct code_value *base;
	uint64_t value, address;
	if (!change->moment->at_start || !code_memory(&change->raw.instruction, operand, &memory))
		return number_of(0, 0);
	address = (uint64_t)memory.offset;
	if (memory.from != CODE_NO_REGISTER) {
		base = &change->moment->values->registers[memory.from];
		if (base->base != CODE_CONSTANT)
			return read_object(change, base, address, bits);
		address += base->offset;
	}
	if (is_written(change->moment->written, address, bits / 8))
		return number_of(0, 0);
	const struct code_variable *variable = change->moment->variable;
	if (variable && address - variable->address < variable->bytes)
		return address == variable->address && bits / 8 <= variable->bytes
			       ? number_of(variable->value & mask_of(bits), UINT64_MAX)
			       : number_of(0, 0);
	return object_code_at_start(change->moment->code, address, bits / 8, &value)
		       ? number_of(value, UINT64_MAX)
		       : number_of(0, 0);
}

/* Whether what is written to the operand's memory can be nothing of the function's frame. */
static bool is_elsewhere(const struct change *change, const ZydisDecodedOperand *operand)
{
	struct code_instruction memory = *change->moment->at;
	ZydisDecodedOperand whole = *operand;
	whole.mem.index = ZYDIS_REGISTER_NONE;
	if (!code_memory(&change->raw.instruction, &whole, &memory))
		return false;
	enum code_base base = memory.from == CODE_NO_REGISTER
				      ? CODE_CONSTANT
				      : change->moment->values->registers[memory.from].base;
	return base == CODE_CONSTANT || base == CODE_GIVEN ||
	       (base != CODE_FRAME && change->moment->apart);
}

static bool is_high_byte(ZydisRegister name)
{
	return name >= ZYDIS_REGISTER_AH && name <= ZYDIS_REGISTER_BH;
}

static void slots_forget(struct code_numbers *numbers, uint64_t offset, unsigned bytes)
{
	unsigned left = 0;
	for (unsigned i = 0; i < numbers->slot_count; i++) {
		const struct number_slot *slot = &numbers->slots[i];
		if (slot->offset - offset >= bytes && offset - slot->offset >= slot->bytes)
			numbers->slots[left++] = *slot;
	}
	numbers->slot_count = left;
}

static struct code_number read_slot(const struct code_numbers *numbers, uint64_t offset,
				    unsigned bits)
{
	for (unsigned i = 0; i < numbers->slot_count; i++) {
		const struct number_slot *slot = &numbers->slots[i];
		if (slot->offset == offset && slot->number.marked && bits == 64)
			return slot->number;
		if (slot->offset == offset && slot->bytes * 8 >= bits && !slot->number.marked)
			return number_of(slot->number.value, slot->number.known & mask_of(bits));
	}
	return number_of(0, 0);
}

/* So many bits, of which none is set above. */
static struct code_number read_operand(const struct change *change,
				       const ZydisDecodedOperand *operand, unsigned bits)
{
	uint64_t offset, above = ~mask_of(bits);
	struct code_number number = {0, 0, false};
	uint8_t name;
	if (operand->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return number_of(operand->imm.value.u & mask_of(bits), UINT64_MAX);
	if (operand->type == ZYDIS_OPERAND_TYPE_REGISTER) {
		name = code_register(operand->reg.value);
		if (name != CODE_NO_REGISTER && !is_high_byte(operand->reg.value))
			number = change->numbers->registers[name];
	} else if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
		   in_frame(change, operand, &offset)) {
		number = read_slot(change->numbers, offset, bits);
	} else if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY) {
		number = read_start(change, operand, bits);
	}
	if (number.marked)
		return bits == 64 ? number : number_of(0, above);
	return number_of(number.value & mask_of(bits), number.known | above);
}

static void write_slot(struct code_numbers *numbers, uint64_t offset, unsigned bytes,
		       struct code_number number)
{
	slots_forget(numbers, offset, bytes);
	if ((number.marked || number.known & mask_of(bytes * 8)) &&
	    numbers->slot_count < NUMBERS_MAX_SLOTS)
		numbers->slots[numbers->slot_count++] = (struct number_slot){offset, bytes, number};
}

static void write_register(struct change *change, const ZydisDecodedOperand *operand,
			   struct code_number number)
{
	uint8_t name = code_register(operand->reg.value);
	struct code_number *to;
	uint64_t mask = mask_of(operand->size);
	if (name == CODE_NO_REGISTER)
		return;
	to = &change->numbers->registers[name];
	if (number.marked && operand->size == 64)
		*to = number;
	else if (operand->size >= 32)
		*to = number_of(number.value & mask, number.known | ~mask);
	else if (is_high_byte(operand->reg.value) || to->marked)
		*to = number_of(0, 0);
	else
		*to = number_of((to->value & ~mask) | (number.value & mask),
				(to->known & ~mask) | (number.known & mask));
}

static void write_operand(struct change *change, const ZydisDecodedOperand *operand,
			  struct code_number number)
{
	uint64_t offset;
	if (operand->type == ZYDIS_OPERAND_TYPE_REGISTER) {
		write_register(change, operand, number);
	} else if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY) {
		if (in_frame(change, operand, &offset))
			write_slot(change->numbers, offset, operand->size / 8, number);
		else if (!is_elsewhere(change, operand))
			change->numbers->slot_count = 0;
	}
}

/* All that it writes is not known. */
static void forget_written(struct change *change)
{
	const ZyanU64 repeated =
		ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE;
	const struct object_raw *raw = &change->raw;
	for (unsigned i = 0; i < raw->instruction.operand_count; i++) {
		const ZydisDecodedOperand *operand = &raw->operands[i];
		bool memory = operand->type == ZYDIS_OPERAND_TYPE_MEMORY;
		if (!(operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) ||
		    (memory && change->moment->at->pushed))
			continue;
		if (memory && raw->instruction.attributes & repeated)
			change->numbers->slot_count = 0;
		write_operand(change, operand, number_of(0, 0));
	}
}

static struct code_number sign_extended(struct code_number number, unsigned bits)
{
	uint64_t sign = UINT64_C(1) << (bits - 1), above = ~mask_of(bits);
	number.known &= mask_of(bits);
	if (number.known & sign)
		number.known |= above;
	if (number.value & sign)
		number.value |= above;
	return number;
}

static struct code_number combined(ZydisMnemonic how, struct code_number a, struct code_number b)
{
	if (a.marked || b.marked)
		return number_of(0, 0);
	uint64_t both = a.known & b.known;
	switch (how) {
	case ZYDIS_MNEMONIC_XOR:
		return number_of(a.value ^ b.value, both);
	case ZYDIS_MNEMONIC_OR:
		return number_of(a.value | b.value, both | a.value | b.value);
	default:
		return number_of(a.value & b.value,
				 both | (a.known & ~a.value) | (b.known & ~b.value));
	}
}

static void note_compared(struct change *change, struct code_number left, struct code_number right,
			  unsigned bits)
{
	uint64_t mask = mask_of(bits);
	change->numbers->compared = (struct code_comparison){
		.known = (left.known & right.known & mask) == mask,
		.bytes = (uint8_t)(bits / 8),
		.left = left.value & mask,
		.right = right.value & mask,
	};
}

/* A number that is added to; false: it is none that is known. */
static bool apply_addition(struct change *change)
{
	const ZydisDecodedOperand *to = &change->raw.operands[0], *by = &change->raw.operands[1];
	const ZydisMnemonic mnemonic = change->raw.instruction.mnemonic;
	struct code_instruction memory = *change->moment->at;
	struct code_number number;
	uint64_t added;
	if (to->type != ZYDIS_OPERAND_TYPE_REGISTER || to->size < 32)
		return false;
	if (mnemonic == ZYDIS_MNEMONIC_LEA) {
		if (!code_memory(&change->raw.instruction, by, &memory) ||
		    memory.from == CODE_NO_REGISTER)
			return false;
		number = change->numbers->registers[memory.from];
		added = (uint64_t)memory.offset;
	} else if (mnemonic == ZYDIS_MNEMONIC_INC || mnemonic == ZYDIS_MNEMONIC_DEC) {
		number = read_operand(change, to, to->size);
		added = mnemonic == ZYDIS_MNEMONIC_INC ? 1 : UINT64_MAX;
	} else {
		if (by->type != ZYDIS_OPERAND_TYPE_IMMEDIATE)
			return false;
		number = read_operand(change, to, to->size);
		added = mnemonic == ZYDIS_MNEMONIC_ADD ? by->imm.value.u : -by->imm.value.u;
	}
	if (number.marked || ~number.known & mask_of(to->size))
		return false;
	if (mnemonic == ZYDIS_MNEMONIC_SUB)
		note_compared(change, number, read_operand(change, by, to->size), to->size);
	write_register(change, to,
		       number_of((number.value + added) & mask_of(to->size), UINT64_MAX));
	return true;
}

/* An address that is added to; false: it is no marked one. */
static bool apply_sum(struct change *change)
{
	const ZydisDecodedOperand *to = &change->raw.operands[0], *by = &change->raw.operands[1];
	const ZydisMnemonic mnemonic = change->raw.instruction.mnemonic;
	struct code_instruction memory = *change->moment->at;
	struct code_number number = {0, 0, false};
	if (to->type != ZYDIS_OPERAND_TYPE_REGISTER || to->size != 64)
		return false;
	if (mnemonic == ZYDIS_MNEMONIC_LEA && code_memory(&change->raw.instruction, by, &memory) &&
	    memory.from != CODE_NO_REGISTER) {
		number = change->numbers->registers[memory.from];
		number.value += (uint64_t)memory.offset;
	} else if (by->type == ZYDIS_OPERAND_TYPE_IMMEDIATE) {
		number = read_operand(change, to, 64);
		number.value += mnemonic == ZYDIS_MNEMONIC_ADD ? by->imm.value.u : -by->imm.value.u;
	}
	if (number.marked)
		write_register(change, to, number);
	return number.marked;
}

static void apply_logic(struct change *change, bool writes)
{
	const ZydisDecodedOperand *to = &change->raw.operands[0], *from = &change->raw.operands[1];
	struct code_number a = read_operand(change, to, to->size);
	struct code_number b = read_operand(change, from, to->size);
	bool same = to->type == ZYDIS_OPERAND_TYPE_REGISTER &&
		    from->type == ZYDIS_OPERAND_TYPE_REGISTER && to->reg.value == from->reg.value;
	struct code_number result = combined(change->raw.instruction.mnemonic, a, b);
	if (same && change->raw.instruction.mnemonic == ZYDIS_MNEMONIC_XOR)
		result = number_of(0, UINT64_MAX);
	if (writes)
		write_operand(change, to, result);
	note_compared(change, result, number_of(0, UINT64_MAX), to->size);
}

static void apply_move(struct change *change)
{
	const ZydisDecodedOperand *to = &change->raw.operands[0], *from = &change->raw.operands[1];
	struct code_number number = read_operand(change, from, from->size);
	if (change->raw.instruction.mnemonic == ZYDIS_MNEMONIC_MOVSX ||
	    change->raw.instruction.mnemonic == ZYDIS_MNEMONIC_MOVSXD)
		number = sign_extended(number, from->size);
	if (from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		number = read_operand(change, from, to->size);
	write_operand(change, to, number);
}

/* The condition that a byte is set by; CODE_IF_UNKNOWN. */
static enum code_condition setting(ZydisMnemonic mnemonic)
{
	switch (mnemonic) {
	case ZYDIS_MNEMONIC_SETZ:
		return CODE_IF_EQUAL;
	case ZYDIS_MNEMONIC_SETNZ:
		return CODE_IF_NOT_EQUAL;
	case ZYDIS_MNEMONIC_SETLE:
		return CODE_IF_LESS_OR_EQUAL;
	case ZYDIS_MNEMONIC_SETNLE:
		return CODE_IF_GREATER;
	case ZYDIS_MNEMONIC_SETS:
		return CODE_IF_NEGATIVE;
	case ZYDIS_MNEMONIC_SETNS:
		return CODE_IF_NOT_NEGATIVE;
	default:
		return CODE_IF_UNKNOWN;
	}
}

static void apply_set(struct change *change, enum code_condition condition)
{
	const struct code_comparison *compared = &change->numbers->compared;
	struct code_number number = {0, ~UINT64_C(1), false};
	if (compared->known)
		number = number_of(code_condition_holds(condition, compared), UINT64_MAX);
	write_operand(change, &change->raw.operands[0], number);
}

static bool adds(ZydisMnemonic mnemonic)
{
	return mnemonic == ZYDIS_MNEMONIC_LEA || mnemonic == ZYDIS_MNEMONIC_ADD ||
	       mnemonic == ZYDIS_MNEMONIC_SUB || mnemonic == ZYDIS_MNEMONIC_INC ||
	       mnemonic == ZYDIS_MNEMONIC_DEC;
}

void code_numbers_apply(struct code_numbers *numbers, const struct code_moment *moment)
{
	struct change change = {.numbers = numbers, .moment = moment};
	const ZydisDecodedOperand *operands = change.raw.operands;
	if (!object_raw_decode(moment->code, moment->at->address, &change.raw)) {
		*numbers = (struct code_numbers){.old = UINT16_MAX};
		return;
	}
	numbers->old = code_old_behind(numbers->old, moment->at, moment->values);
	ZydisMnemonic mnemonic = change.raw.instruction.mnemonic;
	enum code_condition condition = setting(mnemonic);
	if (moment->at->flags)
		numbers->compared.known = false;
	if (condition != CODE_IF_UNKNOWN) {
		apply_set(&change, condition);
	} else if (mnemonic == ZYDIS_MNEMONIC_MOV || mnemonic == ZYDIS_MNEMONIC_MOVZX ||
		   mnemonic == ZYDIS_MNEMONIC_MOVSX || mnemonic == ZYDIS_MNEMONIC_MOVSXD) {
		apply_move(&change);
	} else if (mnemonic == ZYDIS_MNEMONIC_AND || mnemonic == ZYDIS_MNEMONIC_OR ||
		   mnemonic == ZYDIS_MNEMONIC_XOR) {
		apply_logic(&change, true);
	} else if (mnemonic == ZYDIS_MNEMONIC_TEST) {
		apply_logic(&change, false);
	} else if (mnemonic == ZYDIS_MNEMONIC_CMP) {
		note_compared(&change, read_operand(&change, &operands[0], operands[0].size),
			      read_operand(&change, &operands[1], operands[0].size),
			      operands[0].size);
	} else if (!adds(mnemonic) || (!apply_sum(&change) && !apply_addition(&change))) {
		forget_written(&change);
	}
}

void code_numbers_mark_slot(struct code_numbers *numbers, uint64_t offset, uint64_t value)
{
	write_slot(numbers, offset, 8, (struct code_number){value, 0, true});
}

void code_numbers_call(struct code_numbers *numbers, struct code_number result, bool writes)
{
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		if (SCRATCH & 1u << i)
			numbers->registers[i] = number_of(0, 0);
	numbers->registers[CODE_RAX] = result;
	numbers->compared.known = false;
	if (writes)
		numbers->slot_count = 0;
}

bool code_number_join(struct code_number *to, struct code_number from)
{
	uint64_t known = to->known & from.known & ~(to->value ^ from.value);
	if (to->marked && from.marked && to->value == from.value)
		return false;
	if (to->marked || from.marked)
		known = 0;
	bool less = to->marked || known != to->known;
	*to = number_of(to->value, known);
	return less;
}

static bool join_slots(struct code_numbers *to, const struct code_numbers *from)
{
	unsigned left = 0, before = to->slot_count;
	for (unsigned i = 0; i < before; i++) {
		const struct number_slot *slot = &to->slots[i];
		struct code_number other = read_slot(from, slot->offset, slot->bytes * 8);
		uint64_t mask = mask_of(slot->bytes * 8);
		bool same = slot->number.marked == other.marked && slot->number.known;
		if (other.marked)
			same = slot->number.marked && other.value == slot->number.value;
		else
			same &= other.known == (slot->number.known & mask) &&
				other.value == (slot->number.value & mask);
		if (same)
			to->slots[left++] = *slot;
	}
	to->slot_count = left;
	return left != before;
}

bool code_numbers_join(struct code_numbers *to, const struct code_numbers *from)
{
	const struct code_comparison *a = &to->compared, *b = &from->compared;
	bool less = join_slots(to, from) || from->old & ~to->old;
	to->old |= from->old;
	for (unsigned i = 0; i < CODE_REGISTERS; i++)
		less |= code_number_join(&to->registers[i], from->registers[i]);
	if (a->known &&
	    !(b->known && a->bytes == b->bytes && a->left == b->left && a->right == b->right)) {
		to->compared.known = false;
		less = true;
	}
	return less;
}
