/* Looks at each step, and at what is no longer known behind it. */
#include "code_handed.h"
#include "code_effect.h"
#include "code_explored.h"
#include "code_outward.h"
#include "code_under.h"
#include "code_writes.h"
#include "object_raw.h"
#include "one_of.h"

/* RAX, RCX, RDX, RSI, RDI, R8 to R11: no call leaves what is in them (System V ABI). */
#define SCRATCH 0x0fc7u

struct look {
	struct asks *asks;
	const struct code_function *function;
	const struct code_flow *flow;
	const struct code_holder *holder;
	uint32_t step;
};

static bool is_inside(const struct code_holder *holder, const struct code_value *value)
{
	return value->base == CODE_CONSTANT && value->offset >= holder->start &&
	       value->offset < holder->end;
}

static bool starts_thread(const char *import)
{
	static const char *const names[] = {"pthread_create", "thrd_create"};
	return ONE_OF(import, names);
}

static enum code_handed unless_under(const struct look *look)
{
	const struct code_monitor monitor = code_monitor_of(look->holder->test);
	return code_is_under(look->asks, look->function, look->flow, look->step, &monitor)
		       ? HANDED_NOT
		       : HANDED_EARLY;
}

/* Whether it is cleared, and is so when the program begins. */
static bool clears(const struct look *look, const char *import)
{
	const struct code_value *value = &look->flow->before[look->step].registers[CODE_RSI];
	return look->holder->value == 0 && strcmp(import, "memset") == 0 &&
	       value->base == CODE_CONSTANT && (value->offset & 0xff) == 0;
}

/* What a function of another file may do with one of its arguments. */
static enum code_handed handed_to_import(const struct look *look, const char *import,
					 unsigned argument)
{
	const struct code_value *value = &look->flow->before[look->step].registers[argument];
	const struct code_writes *known = code_writes_of(import);
	if (starts_thread(import))
		return HANDED_OUT;
	if ((known && !code_writes_to(known, (uint8_t)argument)) || clears(look, import) ||
	    value->offset >= look->holder->address + look->holder->bytes)
		return HANDED_NOT;
	return unless_under(look);
}

static enum code_handed handed_by_call(const struct look *look)
{
	static const unsigned char arguments[] = {CODE_RDI, CODE_RSI, CODE_RDX, CODE_RCX, 8, 9};
	const struct code_instruction *at = &look->function->steps[look->step].instruction;
	const struct code_values *values = &look->flow->before[look->step];
	const char *import = code_import_called(asks_code(look->asks), at, values);
	enum code_handed all = HANDED_NOT;
	for (size_t i = 0; i < sizeof(arguments); i++) {
		enum code_handed handed = HANDED_OUT;
		if (!is_inside(look->holder, &values->registers[arguments[i]]))
			continue;
		if (import)
			handed = handed_to_import(look, import, arguments[i]);
		all = handed > all ? handed : all;
	}
	return all;
}

static bool leaves_value(const struct look *look, const struct object_raw *raw, uint64_t address)
{
	const struct code_holder *holder = look->holder;
	if (raw->instruction.mnemonic != ZYDIS_MNEMONIC_MOV ||
	    raw->operands[1].type != ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return false;
	for (unsigned i = 0; i < holder->bytes; i++) {
		const uint64_t byte = holder->address + i - address;
		if (byte < raw->operands[0].size / 8u && (raw->operands[1].imm.value.u >> byte * 8 &
							  0xff) != (holder->value >> i * 8 & 0xff))
			return false;
	}
	return true;
}

/* Whether the operand may be the member. */
static bool may_be_member(const struct look *look, const struct object_raw *raw,
			  const ZydisDecodedOperand *operand)
{
	const ZyanU64 repeated =
		ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE;
	const struct code_holder *holder = look->holder;
	const uint8_t base = code_register(operand->mem.base);
	const uint8_t index = code_register(operand->mem.index);
	const struct code_values *values = &look->flow->before[look->step];
	const uint64_t by = (uint64_t)operand->mem.disp.value;
	if (operand->mem.base == ZYDIS_REGISTER_RIP)
		return false;
	if ((index != CODE_NO_REGISTER || base != CODE_NO_REGISTER) &&
	    by + HANDED_BIASED >= holder->start && by < holder->end)
		return true;
	if (index != CODE_NO_REGISTER)
		return (base != CODE_NO_REGISTER && is_inside(holder, &values->registers[base])) ||
		       is_inside(holder, &values->registers[index]);
	if (base == CODE_NO_REGISTER || values->registers[base].base != CODE_CONSTANT)
		return false;
	const uint64_t address = values->registers[base].offset + by;
	if (raw->instruction.attributes & repeated)
		return is_inside(holder, &values->registers[base]) &&
		       address < holder->address + holder->bytes;
	return address < holder->address + holder->bytes &&
	       holder->address < address + operand->size / 8u && !leaves_value(look, raw, address);
}

static enum code_handed written(const struct look *look)
{
	const struct code_instruction *at = &look->function->steps[look->step].instruction;
	struct object_raw raw;
	if (at->pushed || !object_raw_decode(asks_code(look->asks), at->address, &raw))
		return HANDED_NOT;
	for (unsigned i = 0; i < raw.instruction.operand_count; i++)
		if (raw.operands[i].type == ZYDIS_OPERAND_TYPE_MEMORY &&
		    raw.operands[i].actions & ZYDIS_OPERAND_ACTION_MASK_WRITE &&
		    may_be_member(look, &raw, &raw.operands[i]))
			return unless_under(look);
	return HANDED_NOT;
}

/* Whether an address in the variable, which the step leaves in a register, is one no longer at the
 * next step: it may be one, or another. */
static bool is_lost(const struct look *look, uint32_t next)
{
	const struct code_instruction *at = &look->function->steps[look->step].instruction;
	const bool calls = at->kind == CODE_CALL;
	if (next == CODE_NOWHERE || !look->flow->reached[next])
		return false;
	for (unsigned i = 0; i < CODE_REGISTERS; i++) {
		struct code_value value = look->flow->before[look->step].registers[i];
		const struct code_value *then = &look->flow->before[next].registers[i];
		if (at->effect == CODE_SETS && at->written == i && at->from != CODE_NO_REGISTER) {
			value = look->flow->before[look->step].registers[at->from];
			value.offset += (uint64_t)at->offset;
		} else if (at->effect == CODE_SETS && at->written == i) {
			value = (struct code_value){CODE_CONSTANT, 0, (uint64_t)at->offset};
		} else if ((code_writes_register(at) && at->written == i) ||
			   at->clobbered & 1u << i || (calls && SCRATCH & 1u << i)) {
			continue;
		}
		if (is_inside(look->holder, &value) &&
		    (then->base != CODE_CONSTANT || then->offset != value.offset))
			return true;
	}
	return false;
}

/* Whether an address in the variable goes where it is not followed. */
static bool goes(const struct look *look)
{
	const struct code_step *at = &look->function->steps[look->step];
	const struct code_value *registers = look->flow->before[look->step].registers;
	const enum code_kind kind = (enum code_kind)at->instruction.kind;
	for (unsigned i = 0; i < CODE_REGISTERS; i++) {
		const bool stored =
			at->instruction.effect == CODE_STORES && at->instruction.written == i;
		if (is_inside(look->holder, &registers[i]) &&
		    (at->instruction.mixed & 1u << i || stored || kind == CODE_INDIRECT ||
		     (kind == CODE_RETURN && (i == CODE_RAX || i == CODE_RDX))))
			return true;
	}
	return is_lost(look, at->next) || is_lost(look, at->target) || is_lost(look, at->landing);
}

enum code_handed code_handed_by(struct asks *asks, const struct code_function *function,
				const struct code_flow *flow, const struct code_holder *holder)
{
	struct look look = {asks, function, flow, holder, 0};
	enum code_handed all = HANDED_NOT;
	for (; look.step < function->count && all != HANDED_EARLY; look.step++) {
		const struct code_instruction *at = &function->steps[look.step].instruction;
		enum code_handed handed = HANDED_NOT;
		if (!flow->reached[look.step])
			continue;
		if (at->kind == CODE_CALL || at->import)
			handed = handed_by_call(&look);
		else
			handed = written(&look);
		if (handed == HANDED_NOT && goes(&look))
			handed = HANDED_OUT;
		all = handed > all ? handed : all;
	}
	return all;
}
