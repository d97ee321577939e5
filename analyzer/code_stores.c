/* Reads all code of a file once, and what may write to one member when that is asked. */
#include "code_stores.h"
#include "code_effect.h"
#include "code_explored.h"
#include "code_outward.h"
#include "code_releases.h"
#include "code_ways.h"
#include "code_zeros.h"
#include "object_raw.h"
#include "xalloc.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of code that are read; of a file with more nothing is known. */
#define MOST_CODE (UINT64_C(1) << 24)

/* Distances between an object and its parts. */
#define MOST_PARTS 65536u

#define NO_ADDRESSES 4096u /* smaller numbers are none */

#define MANY_BYTES 16u /* written at once: of several members */

#define GOT_REACH 64u /* steps before a store that are looked at */

#define MARK_TAKES 2u
#define MARK_TELLS 4u
#define MARK_GIVES 8u

struct store {
	uint64_t at;
	int64_t offset; /* behind what is in `base` */
	unsigned bytes; /* 0: any number */
	uint8_t base;
	bool indexed; /* and something else */
};

struct code_stores {
	struct store *stores;
	size_t count, size;
	bool unread;
	unsigned char part[MOST_PARTS / 8]; /* bit: so far behind an address another one is made */
};

/* What may write to a member, while it is looked for. */
struct search {
	struct asks *asks;
	const struct code_member *member;
	const struct code_stores *stores;
	const struct code_function *function; /* that was looked at last; NULL: none was */
	struct code_flow *flow;
	bool told; /* somebody writes just there, with the mutex, and signals */
};

static void add_store(struct code_stores *stores, const struct store *store)
{
	if (stores->count == stores->size) {
		stores->size = stores->size ? 2 * stores->size : 256;
		stores->stores =
			xreallocarray(stores->stores, stores->size, sizeof(*stores->stores));
	}
	stores->stores[stores->count++] = *store;
}

static void add_part(struct code_stores *stores, uint64_t distance)
{
	if (distance && distance < MOST_PARTS)
		stores->part[distance / 8] |= (unsigned char)(1u << distance % 8);
}

static bool is_part(const struct code_stores *stores, uint64_t distance)
{
	return distance == 0 ||
	       (distance < MOST_PARTS && stores->part[distance / 8] & 1u << distance % 8);
}

/* The same of one object. */
static bool is_part_of(const struct code_stores *stores, const struct code_member *member,
		       uint64_t distance)
{
	bool found = is_part(stores, distance);
	for (size_t i = 0; i < member->part_count && !found; i++)
		found = member->parts[i] == distance;
	return found;
}

/* Numbers that are added to addresses. */
static void read_sum(struct code_stores *stores, const struct object_raw *raw)
{
	const ZydisDecodedOperand *to = &raw->operands[0], *by = &raw->operands[1];
	const ZydisMnemonic mnemonic = raw->instruction.mnemonic;
	if (mnemonic == ZYDIS_MNEMONIC_LEA && by->mem.base != ZYDIS_REGISTER_RIP &&
	    by->mem.base != ZYDIS_REGISTER_RSP)
		add_part(stores, (uint64_t)by->mem.disp.value);
	if (to->type != ZYDIS_OPERAND_TYPE_REGISTER || to->size != 64 ||
	    by->type != ZYDIS_OPERAND_TYPE_IMMEDIATE || to->reg.value == ZYDIS_REGISTER_RSP)
		return;
	if (mnemonic == ZYDIS_MNEMONIC_ADD)
		add_part(stores, by->imm.value.u);
	else if (mnemonic == ZYDIS_MNEMONIC_SUB)
		add_part(stores, -by->imm.value.u);
}

static void read_stores(struct code_stores *stores, const struct object_raw *raw, uint64_t address)
{
	const ZyanU64 repeated =
		ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE;
	const ZydisInstructionCategory category = raw->instruction.meta.category;
	if (category == ZYDIS_CATEGORY_CALL || category == ZYDIS_CATEGORY_PUSH)
		return;
	for (unsigned i = 0; i < raw->instruction.operand_count; i++) {
		const ZydisDecodedOperand *operand = &raw->operands[i];
		uint8_t base;
		if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY ||
		    !(operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) ||
		    operand->mem.base == ZYDIS_REGISTER_RIP ||
		    operand->mem.base == ZYDIS_REGISTER_RSP)
			continue;
		base = code_register(operand->mem.base);
		add_store(stores, &(struct store){
					  .at = address,
					  .offset = operand->mem.disp.value,
					  .bytes = raw->instruction.attributes & repeated
							   ? 0
							   : operand->size / 8,
					  .base = base,
					  .indexed = operand->mem.index != ZYDIS_REGISTER_NONE,
				  });
	}
}

/* Functions of other files that copy any bytes to where they are told. */
static uint8_t copies_to(const char *import)
{
	static const struct {
		const char *name;
		uint8_t to;
	} copying[] = {
		{"__memcpy_chk", CODE_RDI},   {"__memmove_chk", CODE_RDI},
		{"__memset_chk", CODE_RDI},   {"__read_chk", CODE_RSI},
		{"__recv_chk", CODE_RSI},     {"bcopy", CODE_RSI},
		{"bzero", CODE_RDI},	      {"fread", CODE_RDI},
		{"fread_unlocked", CODE_RDI}, {"memcpy", CODE_RDI},
		{"memmove", CODE_RDI},	      {"mempcpy", CODE_RDI},
		{"memset", CODE_RDI},	      {"pread", CODE_RSI},
		{"pread64", CODE_RSI},	      {"read", CODE_RSI},
		{"recv", CODE_RSI},	      {"recvfrom", CODE_RSI},
		{"__mempcpy_chk", CODE_RDI},  {"explicit_bzero", CODE_RDI},
	};
	for (size_t i = 0; import && i < sizeof(copying) / sizeof(*copying); i++)
		if (strcmp(import, copying[i].name) == 0)
			return copying[i].to;
	return CODE_NO_REGISTER;
}

static void read_copy(struct code_stores *stores, struct asks *asks, uint64_t address)
{
	struct code_instruction at;
	uint8_t to;
	if (!object_code_decode(asks->code, address, &at))
		return;
	to = copies_to(at.import);
	if (to != CODE_NO_REGISTER)
		add_store(stores, &(struct store){.at = address, .base = to});
}

static void read_section(struct code_stores *stores, struct asks *asks, uint64_t address,
			 uint64_t size)
{
	struct object_raw raw;
	for (uint64_t offset = 0; offset < size;) {
		if (!object_raw_decode(asks->code, address + offset, &raw)) {
			offset++;
			continue;
		}
		ZydisInstructionCategory category = raw.instruction.meta.category;
		read_sum(stores, &raw);
		read_stores(stores, &raw, address + offset);
		if (category == ZYDIS_CATEGORY_CALL || category == ZYDIS_CATEGORY_UNCOND_BR)
			read_copy(stores, asks, address + offset);
		offset += raw.instruction.length;
	}
}

static const struct code_stores *stores_of(struct asks *asks)
{
	uint64_t address, size, all = 0;
	if (asks->stores)
		return asks->stores;
	asks->stores = xcalloc(1, sizeof(*asks->stores));
	for (size_t i = 0; object_code_section(asks->code, i, &address, &size); i++)
		all += size;
	asks->stores->unread = all > MOST_CODE;
	for (size_t i = 0; all <= MOST_CODE && object_code_section(asks->code, i, &address, &size);
	     i++)
		read_section(asks->stores, asks, address, size);
	return asks->stores;
}

void code_stores_free(struct code_stores *stores)
{
	if (stores)
		free(stores->stores);
	free(stores);
}

/* Whether the store, of a number, leaves what the member begins as, where it is so far behind. */
static bool leaves_value(const struct search *search, const struct store *store, uint64_t place)
{
	const struct made_object *object = search->member->object;
	struct object_raw raw;
	if (!store->bytes || !object_raw_decode(search->asks->code, store->at, &raw) ||
	    raw.instruction.mnemonic != ZYDIS_MNEMONIC_MOV ||
	    raw.operands[1].type != ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return false;
	for (unsigned i = 0; i < object->bytes; i++) {
		const uint64_t byte = object->member + i - place;
		if (byte < store->bytes && (raw.operands[1].imm.value.u >> byte * 8 & 0xff) !=
						   (object->value >> i * 8 & 0xff))
			return false;
	}
	return true;
}

/* The values of the function that the store is in; its step. CODE_NOWHERE: not known. */
static uint32_t find_step(struct search *search, const struct store *store)
{
	const struct code_values given = code_values_given();
	const struct code_function *function;
	uint64_t start, end;
	if (!object_code_function(search->asks->code, store->at, &start, &end))
		return CODE_NOWHERE;
	function = asks_function(search->asks, start);
	if (!function)
		return CODE_NOWHERE;
	if (function != search->function) {
		code_flow_free(search->flow);
		search->function = function;
		search->flow = asks_flow(search->asks, function, &given, 0);
	}
	return search->flow ? code_step_at(function, store->at) : CODE_NOWHERE;
}

/* Whether zero is what the member begins as, and what it writes; at that step. */
static bool leaves_zero(struct search *search, const struct store *store, uint32_t step)
{
	struct object_raw raw;
	if (search->member->object->value)
		return false;
	if (step != CODE_NOWHERE)
		return code_writes_zeros(search->asks->code, search->function, search->flow, step,
					 &search->asks->steps_left);
	return store->bytes && object_raw_decode(search->asks->code, store->at, &raw) &&
	       raw.instruction.mnemonic == ZYDIS_MNEMONIC_MOV &&
	       raw.operands[1].type == ZYDIS_OPERAND_TYPE_IMMEDIATE &&
	       raw.operands[1].imm.value.u == 0;
}

static bool is_call(const struct code_instruction *at)
{
	return at->kind == CODE_CALL || at->import;
}

static bool takes_same(const struct search *search, uint32_t step, const struct code_value *base,
		       uint64_t part)
{
	const struct code_value *lock = &search->flow->before[step].registers[CODE_RDI];
	const char *import = search->function->steps[step].instruction.import;
	return import &&
	       (strcmp(import, "pthread_mutex_lock") == 0 || strcmp(import, "mtx_lock") == 0) &&
	       (base->base == CODE_GIVEN || base->base == CODE_MEMORY ||
		base->base == CODE_VARIABLE) &&
	       lock->base == base->base && lock->key == base->key &&
	       lock->offset - base->offset == search->member->object->mutex - part;
}

/* Whether a call at that step may give the mutex back. */
static bool may_give_back(const struct search *search, uint32_t step)
{
	const struct code_instruction *at = &search->function->steps[step].instruction;
	if (!is_call(at))
		return false;
	return !at->import || !(made_signals(at->import) ||
				code_import_keeps_locks(search->asks->code, at->import));
}

/* Whether it tells who waits for that object's condition at that step. */
static bool signals_same(const struct search *search, uint32_t step, const struct code_value *base,
			 uint64_t part)
{
	const struct code_value *given = &search->flow->before[step].registers[CODE_RDI];
	return search->flow->reached[step] &&
	       made_signals(search->function->steps[step].instruction.import) &&
	       given->base == base->base && given->key == base->key &&
	       given->offset - base->offset == search->member->condition - part;
}

/* Whether some way from there leads to a signal before the mutex is given back. */
static bool tells_inside(const struct search *search, struct code_marks *marks, uint32_t step)
{
	struct code_way way = {step, 0, MARK_GIVES, CODE_NOWHERE, CODE_NOWHERE, false};
	bool told = false;
	for (uint32_t i = 0; i < marks->function->count; i++)
		marks->of[i] |= may_give_back(search, i) ? MARK_GIVES : 0;
	for (; way.to < marks->function->count && !told; way.to++)
		told = marks->of[way.to] & MARK_TELLS && code_is_way(marks, &way);
	return told;
}

/* Whether the mutex of the same object is taken there, on each way, and its condition is signalled
 * on each way on, or before it is given back: the address that is written through is that of the
 * part. */
static bool is_with_mutex(const struct search *search, uint32_t step, const struct code_value *base,
			  uint64_t part)
{
	const struct code_function *function = search->function;
	struct code_marks marks = {function, search->flow, xcalloc(function->count, 1)};
	struct code_way bare = {CODE_NOWHERE, step, MARK_TAKES, CODE_NOWHERE, CODE_NOWHERE, true};
	struct code_way silent = {step, CODE_NOWHERE, MARK_TELLS, CODE_NOWHERE, CODE_NOWHERE, true};
	for (uint32_t i = 0; i < function->count; i++) {
		marks.of[i] |= takes_same(search, i, base, part) ? MARK_TAKES : 0;
		marks.of[i] |= signals_same(search, i, base, part) ? MARK_TELLS : 0;
	}
	bool with = (!code_is_way(&marks, &silent) || tells_inside(search, &marks, step)) &&
		    !code_is_way(&marks, &bare);
	for (uint32_t i = 0; i < function->count && with; i++) {
		bare.from = i;
		if (may_give_back(search, i) && !(marks.of[i] & MARK_TAKES) &&
		    search->asks->steps_left >= function->count) {
			search->asks->steps_left -= function->count;
			with = !code_is_way(&marks, &bare);
		}
	}
	free(marks.of);
	return with && search->asks->steps_left >= function->count;
}

/* Whether a function that makes the object is known to write to it there: when it is called again,
 * to another one. */
static bool is_makers(const struct search *search, const struct store *store)
{
	const struct made_object *object = search->member->object;
	for (unsigned i = 0; i < object->maker_count && store->base != CODE_NO_REGISTER; i++) {
		const struct code_function *function = object->makers[i].function;
		uint64_t start, end;
		uint32_t step = code_step_at(function, store->at);
		if (step != CODE_NOWHERE && object->makers[i].bases[step] & 1u << store->base &&
		    object_code_function(search->asks->code,
					 function->steps[function->entry].instruction.address,
					 &start, &end) &&
		    store->at >= start && store->at < end)
			return true;
	}
	return false;
}

/* Where the part of the object that the member is in may begin, at the earliest: behind the last
 * lock before it. */
static uint64_t first_beside(const struct code_member *member)
{
	const struct made_object *object = member->object;
	const uint64_t mutex = object->mutex + sizeof(pthread_mutex_t);
	const uint64_t condition = member->condition + sizeof(pthread_cond_t);
	uint64_t first = mutex <= object->member ? mutex : 0;
	if (member->condition < MADE_MOST_BYTES && condition <= object->member && condition > first)
		first = condition;
	return first;
}

/* Whether what the register has may be an address in the object. */
static bool may_point(const struct search *search, const struct store *store, uint32_t step)
{
	const struct code_value *base = &search->flow->before[step].registers[store->base];
	const bool address = !store->indexed || base->offset >= NO_ADDRESSES;
	return !(base->base == CODE_CONSTANT && address) && base->base != CODE_FRAME;
}

/* Whether the function itself goes to no element of an array: the register has what it was given,
 * or read from memory, and so much more as its value says. */
static bool is_straight(const struct search *search, const struct store *store, uint32_t step)
{
	const enum code_base base = search->flow->before[step].registers[store->base].base;
	return !store->indexed && store->bytes && base != CODE_UNKNOWN;
}

/* Whether the register has there what a call returned, or what was read from elsewhere than the
 * frame, and maybe so much more. */
static bool is_got(const struct search *search, uint32_t step, uint8_t number)
{
	for (unsigned i = 0; i < GOT_REACH; i++) {
		if (search->asks->steps_left < search->function->count)
			return false;
		search->asks->steps_left -= search->function->count;
		step = code_sole_before(search->function, step);
		if (step == CODE_NOWHERE)
			return false;
		const struct code_instruction *at = &search->function->steps[step].instruction;
		if (at->kind == CODE_CALL && number == CODE_RAX)
			return true;
		if (at->clobbered & 1u << number)
			return false;
		if (!code_writes_register(at) || at->written != number)
			continue;
		if (at->from == CODE_NO_REGISTER || at->effect == CODE_CUTS)
			return false;
		if (at->effect == CODE_LOADS)
			return search->flow->before[step].registers[at->from].base != CODE_FRAME;
		number = at->from;
	}
	return false;
}

/* Whether where it writes to may be worked out, by the function or by who calls it: it may be any
 * member of such a size, or copy several. Of an element of an array the function may have been
 * given the address, but the array has no lock before the element. No bytes: of a copy whose size
 * is not known. */
static bool may_be_worked_out(struct search *search, const struct store *store)
{
	const struct made_object *object = search->member->object;
	uint32_t step;
	const bool fits =
		!store->bytes || store->bytes == object->bytes || store->bytes >= MANY_BYTES;
	if (!fits || is_makers(search, store))
		return false;
	step = find_step(search, store);
	if (leaves_zero(search, store, step))
		return false;
	if (step == CODE_NOWHERE || store->base == CODE_NO_REGISTER)
		return true;
	if (!search->flow->reached[step] || !may_point(search, store, step))
		return false;
	const uint64_t part = object->member - (uint64_t)store->offset;
	if (is_straight(search, store, step) &&
	    is_with_mutex(search, step, &search->flow->before[step].registers[store->base], part))
		return false;
	if (is_straight(search, store, step) ||
	    (!store->indexed && is_got(search, step, store->base)))
		return (uint64_t)store->offset <= object->member - first_beside(search->member);
	return true;
}

/* Whether it may write there if what it writes through is that part of the object. `within`: or
 * lies in an array, or in another part, that begins there. */
static bool may_write(struct search *search, const struct store *store, uint64_t part, bool within)
{
	uint32_t step;
	if (is_makers(search, store))
		return false;
	if (!within && leaves_value(search, store, part + (uint64_t)store->offset))
		return false;
	step = find_step(search, store);
	if (leaves_zero(search, store, step))
		return false;
	if (step == CODE_NOWHERE || store->base == CODE_NO_REGISTER)
		return true;
	if (!search->flow->reached[step] || !may_point(search, store, step) ||
	    (within && part < first_beside(search->member) && is_straight(search, store, step)))
		return false;
	if (!store->bytes ||
	    !is_with_mutex(search, step, &search->flow->before[step].registers[store->base], part))
		return true;
	search->told |= !within;
	return false;
}

static bool store_may_write(struct search *search, const struct store *store)
{
	const struct made_object *object = search->member->object;
	if (may_be_worked_out(search, store))
		return true;
	const uint64_t first = object->member - (uint64_t)store->offset - store->bytes + 1;
	for (uint64_t i = 0; store->bytes && i < store->bytes + object->bytes - 1; i++)
		if (is_part_of(search->stores, search->member, first + i) &&
		    may_write(search, store, first + i, false))
			return true;
	for (uint64_t i = first_beside(search->member); i < object->member + object->bytes; i++) {
		const uint64_t part = i - (uint64_t)store->offset;
		if (is_part_of(search->stores, search->member, part) &&
		    may_write(search, store, part, true))
			return true;
	}
	return false;
}

bool code_stores_elsewhere(struct asks *asks, const struct code_member *member)
{
	struct search search = {.asks = asks, .member = member, .stores = stores_of(asks)};
	const struct made_object *object = member->object;
	/* What is the first thing in an object has its address. */
	bool found = search.stores->unread || object->member == 0;
	for (uint64_t i = object->member; i < object->member + object->bytes && !found; i++)
		found = is_part_of(search.stores, member, i);
	for (size_t i = 0; i < search.stores->count && !found; i++)
		found = store_may_write(&search, &search.stores->stores[i]);
	code_flow_free(search.flow);
	return found || (object->maker_count && !(search.told || object->told));
}
