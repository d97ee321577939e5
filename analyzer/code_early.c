/* Reads all code of a file once. */
#include "code_early.h"
#include "bisect.h"
#include "code_effect.h"
#include "code_handed.h"
#include "code_pointers.h"
#include "code_stores.h"
#include "code_under.h"
#include "object_raw.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Bytes of code that are read; of a file with more nothing is known. */
#define MOST_CODE (UINT64_C(1) << 25)

/* What one instruction writes to, at most. */
#define MOST_BYTES 64u

/* Bytes before and behind a variable that are not known not to belong to it. */
#define NEAR 4096u

#define NO_ADDRESSES 4096u /* smaller numbers are none */

/* Addresses in an object that are handed out. */
#define MOST_PARTS 64u

struct early_place {
	uint64_t address;
	uint64_t at;	 /* the instruction; 0: it stands in data */
	unsigned bytes;	 /* that are written; 0: the address is handed out */
	bool from_there; /* others are worked out from it, or it is stored */
};

struct early_key {
	uint64_t address, bytes, lock, condition;
};

/* What was asked. */
struct early_answer {
	UT_hash_handle hh;
	struct early_key key;
	bool early;
};

struct code_early {
	struct asks *asks;
	struct early_place *places;
	size_t count, size;
	bool anywhere;
	struct early_answer *answers;
};

/* What is looked at for one answer. */
struct question {
	struct code_early *early;
	struct code_holder holder;
	bool alone;			      /* the variable is all of what its symbol covers */
	bool known;			      /* it has a symbol */
	const struct code_function *function; /* that was looked at last; NULL: none was */
	struct code_flow *flow;
};

static void add_place(struct code_early *early, const struct early_place *place)
{
	early->anywhere |= place->bytes > MOST_BYTES;
	if (early->count == early->size) {
		early->size = early->size ? 2 * early->size : 64;
		early->places = xreallocarray(early->places, early->size, sizeof(*early->places));
	}
	early->places[early->count++] = *place;
}

/* Whether it writes what is there when the program begins. */
static bool leaves_start(const struct code_early *early, const struct object_raw *raw,
			 uint64_t address)
{
	const ZydisDecodedOperand *to = &raw->operands[0], *from = &raw->operands[1];
	const unsigned bytes = to->size / 8u;
	const uint64_t mask = bytes < 8 ? (UINT64_C(1) << bytes * 8) - 1 : UINT64_MAX;
	uint64_t value;
	return raw->instruction.mnemonic == ZYDIS_MNEMONIC_MOV &&
	       from->type == ZYDIS_OPERAND_TYPE_IMMEDIATE && bytes && bytes <= sizeof(value) &&
	       object_code_at_start(early->asks->code, address, bytes, &value) &&
	       value == (from->imm.value.u & mask);
}

/* Whether the address of a variable may be worked out by that, or stored: none is a smaller number.
 */
static bool works_out(const struct object_raw *raw, const ZydisDecodedOperand *operand)
{
	const ZydisMnemonic mnemonic = raw->instruction.mnemonic;
	if (operand->type == ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return mnemonic != ZYDIS_MNEMONIC_CMP && mnemonic != ZYDIS_MNEMONIC_TEST &&
		       raw->instruction.meta.branch_type == ZYDIS_BRANCH_TYPE_NONE &&
		       operand->imm.value.u >= NO_ADDRESSES;
	return operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
	       operand->mem.base != ZYDIS_REGISTER_RIP && operand->mem.base != ZYDIS_REGISTER_RSP &&
	       operand->mem.disp.value >= (int64_t)NO_ADDRESSES;
}

static void read_operand(struct code_early *early, const struct object_raw *raw, unsigned number,
			 uint64_t address)
{
	const ZydisDecodedOperand *operand = &raw->operands[number];
	const bool immediate = operand->type == ZYDIS_OPERAND_TYPE_IMMEDIATE;
	const bool lea = raw->instruction.mnemonic == ZYDIS_MNEMONIC_LEA;
	struct code_instruction memory = {.address = address};
	struct early_place place = {.at = address};
	if (!immediate && (operand->type != ZYDIS_OPERAND_TYPE_MEMORY ||
			   !(lea || operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE)))
		return;
	if (immediate && raw->instruction.mnemonic == ZYDIS_MNEMONIC_MOV &&
	    raw->operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER) {
		place.address = operand->imm.value.u;
	} else if (!immediate && code_memory(&raw->instruction, operand, &memory) &&
		   memory.from == CODE_NO_REGISTER) {
		place.address = (uint64_t)memory.offset;
		place.bytes = lea ? 0 : operand->size / 8u;
		if (leaves_start(early, raw, place.address))
			return;
	} else if (works_out(raw, operand)) {
		place.address =
			immediate ? operand->imm.value.u : (uint64_t)operand->mem.disp.value;
		place.from_there = true;
	} else {
		return;
	}
	add_place(early, &place);
}

static int compare_places(const void *left, const void *right)
{
	const struct early_place *a = left, *b = right;
	return (a->address > b->address) - (a->address < b->address);
}

/* Notes all that one part with code writes to. */
static void read_section(struct code_early *early, uint64_t address, uint64_t size)
{
	struct object_raw raw;
	for (uint64_t offset = 0; offset < size;) {
		if (!object_raw_decode(early->asks->code, address + offset, &raw)) {
			offset++;
			continue;
		}
		for (unsigned i = 0; i < raw.instruction.operand_count_visible; i++)
			read_operand(early, &raw, i, address + offset);
		offset += raw.instruction.length;
	}
}

/* No code hands it out: no lock can be known to have been taken before. */
static void add_pointer(void *early, uint64_t address)
{
	add_place(early, &(struct early_place){.address = address});
}

struct code_early *asks_early(struct asks *asks)
{
	uint64_t address, size, all = 0;
	if (asks->early)
		return asks->early;
	asks->early = xcalloc(1, sizeof(*asks->early));
	asks->early->asks = asks;
	for (size_t i = 0; object_code_section(asks->code, i, &address, &size); i++)
		all += size;
	asks->early->anywhere = all > MOST_CODE;
	for (size_t i = 0; all <= MOST_CODE && object_code_section(asks->code, i, &address, &size);
	     i++)
		read_section(asks->early, address, size);
	asks->early->anywhere |= !code_pointers_find(asks->object, add_pointer, asks->early);
	if (asks->early->count)
		qsort(asks->early->places, asks->early->count, sizeof(*asks->early->places),
		      compare_places);
	return asks->early;
}

void code_early_free(struct code_early *early)
{
	struct early_answer *answer, *next;
	if (!early)
		return;
	HASH_ITER (hh, early->answers, answer, next) {
		HASH_DEL(early->answers, answer);
		free(answer);
	}
	free(early->places);
	free(early);
}

/* Finds the function that an instruction is in; whether it was looked at last already. False: it
 * cannot be read. */
static bool find_function(struct question *question, uint64_t address, bool *again)
{
	struct asks *asks = question->early->asks;
	const struct code_values given = code_values_given();
	const struct code_function *function;
	uint64_t start, end;
	if (!object_code_function(asks->code, address, &start, &end))
		return false;
	function = asks_function(asks, start);
	*again = function && function == question->function;
	if (!*again) {
		code_flow_free(question->flow);
		question->flow = function ? asks_flow(asks, function, &given, 0) : NULL;
		question->function = function;
	}
	return question->flow;
}

static bool is_place_under(struct question *question, uint64_t at)
{
	bool again;
	uint32_t step;
	if (!at || !find_function(question, at, &again))
		return false;
	step = code_step_at(question->function, at);
	const struct code_monitor monitor = code_monitor_of(question->holder.test);
	return step != CODE_NOWHERE && (!question->flow->reached[step] ||
					code_is_under(question->early->asks, question->function,
						      question->flow, step, &monitor));
}

static size_t first_place(const struct code_early *early, uint64_t address)
{
	return BISECT(0, early->count, i, early->places[i].address < address);
}

/* Whether it is written to, or its own address handed out, otherwise. */
static bool is_written(struct question *question)
{
	const struct code_early *early = question->early;
	const struct code_holder *holder = &question->holder;
	const uint64_t address = holder->address;
	for (size_t i = first_place(early, address < MOST_BYTES ? 0 : address - MOST_BYTES);
	     i < early->count && early->places[i].address < address + holder->bytes; i++) {
		const struct early_place *place = &early->places[i];
		const uint64_t reach = place->bytes ? place->bytes : 1;
		if ((place->address >= address || address - place->address < reach) &&
		    !is_place_under(question, place->at))
			return true;
	}
	return false;
}

/* What becomes of an address in what it is a part of, or close before. */
static enum code_handed becomes(struct question *question, const struct early_place *place)
{
	const struct code_holder *holder = &question->holder;
	enum code_handed handed = HANDED_NOT;
	bool again = false;
	if (place->address < holder->start && !place->from_there)
		return HANDED_NOT;
	if (!place->at || !find_function(question, place->at, &again))
		return HANDED_OUT;
	if (!again)
		handed = code_handed_by(question->early->asks, question->function, question->flow,
					holder);
	if (place->from_there && handed == HANDED_NOT)
		handed = HANDED_OUT;
	return handed;
}

/* What becomes of all of them. */
static enum code_handed handed(struct question *question)
{
	const struct code_early *early = question->early;
	const struct code_holder *holder = &question->holder;
	enum code_handed all = HANDED_NOT;
	for (size_t i = first_place(early, holder->start - HANDED_BIASED);
	     i < early->count && early->places[i].address < holder->end && all != HANDED_EARLY;
	     i++) {
		enum code_handed one = becomes(question, &early->places[i]);
		all = one > all ? one : all;
	}
	return all;
}

/* How far in the object it is that addresses are handed out, other than its own; so many at most.
 */
static size_t list_parts(const struct question *question, uint64_t parts[MOST_PARTS])
{
	const struct code_early *early = question->early;
	const struct code_holder *holder = &question->holder;
	size_t count = 0;
	for (size_t i = first_place(early, holder->start);
	     i < early->count && early->places[i].address < holder->end; i++) {
		const uint64_t part = early->places[i].address - holder->start;
		if (early->places[i].bytes || (count && parts[count - 1] == part))
			continue;
		if (count == MOST_PARTS)
			return count + 1;
		parts[count++] = part;
	}
	return count;
}

/* Whether what has an address of the object may write to it. */
static bool is_stored(const struct question *question)
{
	uint64_t parts[MOST_PARTS];
	const size_t count = list_parts(question, parts);
	const struct code_holder *holder = &question->holder;
	const struct condition_test *test = holder->test;
	const struct made_object object = {
		.member = holder->address - holder->start,
		.bytes = holder->bytes,
		.has_mutex = true,
		.mutex = test->lock - holder->start,
		.value = holder->value,
		.has_value = true,
	};
	const struct code_member member = {
		.object = &object,
		.condition = test->condition - holder->start,
		.parts = parts,
		.part_count = count,
	};
	return !question->known || count > MOST_PARTS ||
	       code_stores_elsewhere(question->early->asks, &member);
}

static bool is_early(struct code_early *early, uint64_t address, unsigned bytes,
		     const struct condition_test *test)
{
	const struct object_symbol *symbol = object_symbol(early->asks->object, address);
	struct question question = {.early = early, .known = symbol};
	struct code_holder *holder = &question.holder;
	enum code_handed out;
	bool found;
	*holder = (struct code_holder){
		.start = symbol ? symbol->start : address - (address < NEAR ? address : NEAR),
		.end = symbol && symbol->end > address + bytes ? symbol->end : address + bytes,
		.address = address,
		.bytes = bytes,
		.test = test,
	};
	if (!symbol)
		holder->end += NEAR;
	question.alone = symbol && holder->start == address && holder->end == address + bytes;
	found = !bytes || bytes > sizeof(holder->value) ||
		object_code_is_shared(early->asks->code, address, bytes) ||
		!object_code_at_start(early->asks->code, address, bytes, &holder->value) ||
		is_written(&question);
	if (!found) {
		question.function = NULL;
		out = handed(&question);
		found = out == HANDED_EARLY ||
			(out == HANDED_OUT && !question.alone && is_stored(&question));
	}
	code_flow_free(question.flow);
	return found;
}

bool code_early_has(struct code_early *early, uint64_t address, unsigned bytes,
		    const struct condition_test *test)
{
	const struct early_key key = {address, bytes, test->lock, test->condition};
	struct early_answer *answer;
	if (early->anywhere)
		return true;
	HASH_FIND(hh, early->answers, &key, sizeof(key), answer);
	if (!answer) {
		answer = xcalloc(1, sizeof(*answer));
		answer->key = key;
		answer->early = is_early(early, address, bytes, test);
		HASH_ADD(hh, early->answers, key, sizeof(answer->key), answer);
	}
	return answer->early;
}
