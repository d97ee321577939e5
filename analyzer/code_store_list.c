/* Reads all code of a file once. */
#include "code_store_list.h"
#include "bisect.h"
#include "code_effect.h"
#include "code_explored.h"
#include "code_formats.h"
#include "code_pointers.h"
#include "code_quiet.h"
#include "code_writes.h"
#include "object_raw.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Bytes of code that are read; of a file with more nothing is known. */
#define MOST_CODE (UINT64_C(1) << 24)

/* Room for one more of the list, which begins with so many. */
#define GROW(list, count, size) \
	do { \
		if ((count) == (size)) { \
			(size) = (size) ? 2 * (size) : 256; \
			(list) = xreallocarray(list, size, sizeof(*(list))); \
		} \
	} while (0)

static void add_store(struct code_stores *stores, const struct store *store)
{
	GROW(stores->stores, stores->count, stores->size);
	stores->stores[stores->count++] = *store;
}

static void add_call(struct code_stores *stores, uint64_t target, uint64_t at)
{
	GROW(stores->calls, stores->call_count, stores->call_size);
	stores->calls[stores->call_count++] = (struct store_call){target, at};
}

static void add_taken(void *context, uint64_t address)
{
	struct code_stores *stores = context;
	GROW(stores->taken, stores->taken_count, stores->taken_size);
	stores->taken[stores->taken_count++] = address;
}

static void add_through(struct code_stores *stores, uint64_t at)
{
	GROW(stores->through, stores->through_count, stores->through_size);
	stores->through[stores->through_count++] = at;
}

static void add_passed(struct code_stores *stores, uint64_t at)
{
	GROW(stores->passed, stores->passed_count, stores->passed_size);
	stores->passed[stores->passed_count++] = at;
}

static void add_part(struct code_stores *stores, uint64_t distance)
{
	if (distance && distance < STORES_MOST_PARTS)
		stores->part[distance / 8] |= (unsigned char)(1u << distance % 8);
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

/* Addresses of functions that an instruction makes: whoever has one may call them. */
static void read_taken(struct code_stores *stores, struct asks *asks, const struct object_raw *raw,
		       uint64_t address)
{
	for (unsigned i = 0; i < raw->instruction.operand_count_visible; i++) {
		const ZydisDecodedOperand *operand = &raw->operands[i];
		struct code_instruction memory = {.address = address};
		uint64_t start, end, made = operand->imm.value.u;
		if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
		    code_memory(&raw->instruction, operand, &memory) &&
		    memory.from == CODE_NO_REGISTER)
			made = (uint64_t)memory.offset;
		else if (operand->type != ZYDIS_OPERAND_TYPE_IMMEDIATE)
			continue;
		if (object_code_function(asks->code, made, &start, &end) && made == start)
			add_taken(stores, made);
	}
}

/* What a function of another file may write to of which nothing is known, or what it is told by a
 * format. */
static void read_unknown(struct code_stores *stores, const char *import, struct store *store)
{
	static const uint8_t arguments[] = {CODE_RDI, CODE_RSI, CODE_RDX, CODE_RCX, 8, 9};
	store->guessed = !code_takes_list(import);
	for (size_t i = code_scans_behind(import); i < sizeof(arguments) && store->guessed; i++) {
		store->base = arguments[i];
		add_store(stores, store);
	}
	store->base = CODE_NO_REGISTER;
	add_store(stores, store);
}

/* What the one that is called there may write to. */
static void read_import(struct code_stores *stores, const struct object_code *code,
			const char *import, uint64_t address)
{
	const struct code_writes *known = code_writes_of(import);
	const bool trusted = code_pointed_knows(code, import);
	struct store store = {.at = address, .called = true};
	if (trusted && (!known || known->runs))
		add_passed(stores, address);
	if (trusted && !known)
		return;
	if (!trusted || (stores->counted && code_writes_format(import))) {
		read_unknown(stores, import, &store);
		return;
	}
	for (const struct code_place *place = known->places; place->to != CODE_RAX; place++) {
		store.base = place->to;
		store.bytes = place->count == CODE_NO_REGISTER ? place->each : 0;
		store.guessed = place->found;
		add_store(stores, &store);
	}
}

/* Whether the imports that are called through pointers are known to write to nothing. */
static bool points_to_nothing(const struct code_stores *stores, const struct object_code *code)
{
	for (size_t i = 0; i < stores->pointed.count; i++) {
		const char *import = stores->pointed.names[i];
		const struct code_writes *known = code_writes_of(import);
		if (!code_pointed_knows(code, import) || (known && !code_writes_nothing(known)) ||
		    (stores->counted && code_writes_format(import)))
			return false;
	}
	return true;
}

/* Whether a call that may do what `store` says may do that, too. */
static bool is_part_of(const struct store *one, const struct store *store)
{
	return one->base == store->base && one->guessed == store->guessed &&
	       (one->bytes == store->bytes || !store->bytes);
}

/* All that any of those that are called through pointers may do, each thing once. */
static void read_any(struct code_stores *any, const struct code_pointed *pointed,
		     const struct object_code *code)
{
	struct code_stores all = {.counted = any->counted};
	struct store store = {.called = true};
	if (pointed->elsewhere)
		read_unknown(&all, "", &store);
	for (size_t i = 0; i < pointed->count && !pointed->elsewhere; i++)
		read_import(&all, code, pointed->names[i], 0);
	any->passed_count = all.passed_count;
	for (size_t i = 0; i < all.count; i++) {
		size_t j = 0;
		while (j < any->count && !is_part_of(&all.stores[i], &any->stores[j]))
			j++;
		if (j == any->count)
			add_store(any, &all.stores[i]);
	}
	free(all.stores);
	free(all.passed);
}

/* What may be written to by those that are called through pointers: by any of them, at each. */
static void read_through(struct code_stores *stores, const struct object_code *code)
{
	const struct code_pointed *pointed = &stores->pointed;
	const bool nothing = points_to_nothing(stores, code);
	struct code_stores any = {.counted = stores->counted};
	if (stores->through_count && (!nothing || pointed->elsewhere))
		read_any(&any, pointed, code);
	for (size_t i = 0; i < stores->through_count; i++) {
		for (size_t j = 0; j < any.count; j++) {
			any.stores[j].at = stores->through[i];
			add_store(stores, &any.stores[j]);
		}
		if (any.passed_count)
			add_passed(stores, stores->through[i]);
	}
	free(any.stores);
	for (size_t i = 0; i < stores->passed_count && !nothing; i++) {
		struct store store = {.at = stores->passed[i], .called = true, .passed = true};
		read_unknown(stores, "", &store);
	}
}

static void read_call(struct code_stores *stores, struct asks *asks, uint64_t address)
{
	struct code_instruction at;
	uint64_t start, end;
	if (!object_code_decode(asks->code, address, &at))
		return;
	if (at.import)
		read_import(stores, asks->code, at.import, address);
	else if (at.target && object_code_function(asks->code, at.target, &start, &end) &&
		 at.target == start)
		add_call(stores, at.target, address);
}

/* xchg %ax, %ax, which fills up. */
static bool is_exchange(const struct object_raw *raw)
{
	return raw->instruction.mnemonic == ZYDIS_MNEMONIC_XCHG &&
	       raw->operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER &&
	       raw->operands[0].reg.value == raw->operands[1].reg.value;
}

/* Whether others only come to the instruction by calling it: where the one before it does not go
 * on, and linkers begin functions. Such a jump to an import is what is called in its place. */
static bool is_stub(const struct object_raw *raw, const struct object_raw *before, uint64_t address)
{
	const bool marked = before->instruction.mnemonic == ZYDIS_MNEMONIC_ENDBR64;
	const uint64_t start = marked ? address - before->instruction.length : address;
	const ZydisInstructionCategory category = before->instruction.meta.category;
	return raw->instruction.meta.category == ZYDIS_CATEGORY_UNCOND_BR &&
	       raw->operands[0].type == ZYDIS_OPERAND_TYPE_MEMORY && start % 8 == 0 &&
	       (marked || before->instruction.length == 0 || category == ZYDIS_CATEGORY_NOP ||
		category == ZYDIS_CATEGORY_WIDENOP || category == ZYDIS_CATEGORY_UNCOND_BR ||
		category == ZYDIS_CATEGORY_RET || is_exchange(before));
}

static void add_stub(struct code_stores *stores, const struct object_raw *before, uint64_t address)
{
	const bool marked = before->instruction.mnemonic == ZYDIS_MNEMONIC_ENDBR64;
	const uint64_t start = marked ? address - before->instruction.length : address;
	GROW(stores->stubs, stores->stub_count, stores->stub_size);
	stores->stubs[stores->stub_count++] = (struct store_call){start, address};
}

/* Those that are not only called there: it may also be a function that does nothing else. */
static void read_stubs(struct code_stores *stores, struct asks *asks)
{
	for (size_t i = 0; i < stores->stub_count; i++) {
		const uint64_t start = stores->stubs[i].target;
		if (stores_have_taken(stores, start) || object_code_is_shared(asks->code, start, 1))
			read_call(stores, asks, stores->stubs[i].at);
	}
}

static void read_section(struct code_stores *stores, struct asks *asks, uint64_t address,
			 uint64_t size)
{
	struct object_raw raw, before = {.instruction = {.length = 0}};
	for (uint64_t offset = 0; offset < size;) {
		if (!object_raw_decode(asks->code, address + offset, &raw)) {
			offset++;
			continue;
		}
		read_sum(stores, &raw);
		read_stores(stores, &raw, address + offset);
		if (raw.instruction.meta.branch_type == ZYDIS_BRANCH_TYPE_NONE) {
			read_taken(stores, asks, &raw, address + offset);
			code_pointed_read(&stores->pointed, asks->code, &raw, address + offset);
		} else if (code_pointed_calls(&stores->pointed, asks->code, &raw, &before,
					      address + offset)) {
			add_through(stores, address + offset);
		} else if (is_stub(&raw, &before, address + offset)) {
			add_stub(stores, &before, address + offset);
		} else {
			read_call(stores, asks, address + offset);
		}
		offset += raw.instruction.length;
		before = raw;
	}
}

static int compare_numbers(const void *left, const void *right)
{
	/* A call begins with its target. */
	const uint64_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

bool stores_have_taken(const struct code_stores *stores, uint64_t start)
{
	const size_t first = BISECT(0, stores->taken_count, i, stores->taken[i] < start);
	return first < stores->taken_count && stores->taken[first] == start;
}

const struct code_stores *asks_stores(struct asks *asks)
{
	struct code_stores *stores = asks->stores;
	uint64_t address, size, all = 0;
	if (stores)
		return stores;
	stores = asks->stores = xcalloc(1, sizeof(*stores));
	for (size_t i = 0; object_code_section(asks->code, i, &address, &size); i++)
		all += size;
	stores->counted = code_formats_count(asks->object);
	code_pointed_begin(&stores->pointed, asks->code);
	stores->unread = all > MOST_CODE || !code_pointers_find(asks->object, add_taken, stores);
	for (size_t i = 0; !stores->unread && object_code_section(asks->code, i, &address, &size);
	     i++)
		read_section(stores, asks, address, size);
	if (stores->taken_count)
		qsort(stores->taken, stores->taken_count, sizeof(*stores->taken), compare_numbers);
	for (size_t i = 0; i < stores->taken_count; i++)
		code_pointed_at(&stores->pointed, asks->code, stores->taken[i]);
	read_stubs(stores, asks);
	read_through(stores, asks->code);
	if (stores->call_count)
		qsort(stores->calls, stores->call_count, sizeof(*stores->calls), compare_numbers);
	return stores;
}

void code_stores_free(struct code_stores *stores)
{
	if (!stores)
		return;
	free(stores->stores);
	free(stores->calls);
	free(stores->taken);
	free(stores->stubs);
	free(stores->through);
	free(stores->passed);
	code_pointed_end(&stores->pointed);
	free(stores);
}
