/* Reads all code of a file once. */
#include "code_early.h"
#include "bisect.h"
#include "code_effect.h"
#include "code_pointers.h"
#include "object_raw.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Bytes of code that are read; of a file with more nothing is known. */
#define MOST_CODE (UINT64_C(1) << 25)

/* What one instruction writes to, at most. */
#define MOST_BYTES 64u

struct early_place {
	uint64_t address;
	uint64_t at; /* the instruction */
	unsigned bytes;
};

struct code_early {
	struct asks *asks;
	struct early_place *places;
	size_t count, size;
	bool anywhere;
};

static bool takes_lock(const char *import)
{
	static const char *const families[] = {"mutex", "mtx_", "rwlock", "spin_"};
	if (!import || strstr(import, "unlock") || !strstr(import, "lock"))
		return import && strcmp(import, "mtx_lock") == 0;
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (strstr(import, families[i]))
			return true;
	return false;
}

/* Whether it takes a lock, through so many functions. */
static bool may_lock(struct asks *asks, uint64_t start, unsigned depth)
{
	struct explored *explored = asks_explore(asks, start);
	if (!explored || !explored->function)
		return false;
	if (explored->locks[depth])
		return explored->locks[depth] > 1;
	explored->locks[depth] = 1;
	for (uint32_t i = 0; i < explored->function->count; i++) {
		const struct code_instruction *at = &explored->function->steps[i].instruction;
		bool within = at->kind == CODE_CALL && at->target && depth;
		if (!takes_lock(at->import) && !(within && may_lock(asks, at->target, depth - 1)))
			continue;
		explored->locks[depth] = 2;
		return true;
	}
	return false;
}

static void add_place(struct code_early *early, uint64_t address, unsigned bytes, uint64_t at)
{
	early->anywhere |= bytes > MOST_BYTES;
	if (early->count == early->size) {
		early->size = early->size ? 2 * early->size : 64;
		early->places = xreallocarray(early->places, early->size, sizeof(*early->places));
	}
	early->places[early->count++] = (struct early_place){address, at, bytes ? bytes : 1};
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

static void read_operands(struct code_early *early, const struct object_raw *raw, uint64_t address)
{
	bool hands_out = raw->instruction.mnemonic == ZYDIS_MNEMONIC_LEA;
	for (unsigned i = 0; i < raw->instruction.operand_count; i++) {
		const ZydisDecodedOperand *operand = &raw->operands[i];
		struct code_instruction memory = {.address = address};
		if (operand->type == ZYDIS_OPERAND_TYPE_IMMEDIATE &&
		    raw->instruction.mnemonic == ZYDIS_MNEMONIC_MOV && i == 1 &&
		    raw->operands[0].type == ZYDIS_OPERAND_TYPE_REGISTER)
			add_place(early, operand->imm.value.u, 1, address);
		if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY ||
		    !(hands_out || operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) ||
		    !code_memory(&raw->instruction, operand, &memory) ||
		    memory.from != CODE_NO_REGISTER ||
		    leaves_start(early, raw, (uint64_t)memory.offset))
			continue;
		add_place(early, (uint64_t)memory.offset, hands_out ? 1 : operand->size / 8u,
			  address);
	}
}

/* Whether the function calls what takes a lock before, by addresses. */
static bool is_behind_lock(struct asks *asks, uint64_t address)
{
	struct code_instruction at;
	uint64_t start, end;
	if (!object_code_function(asks->code, address, &start, &end))
		return false;
	for (; start < address; start += at.length ? at.length : 1) {
		if (!object_code_decode(asks->code, start, &at))
			at.length = 1;
		else if (at.kind == CODE_CALL &&
			 (takes_lock(at.import) ||
			  (at.target && may_lock(asks, at.target, ASKS_MAX_DEPTH - 1))))
			return true;
	}
	return false;
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
		read_operands(early, &raw, address + offset);
		offset += raw.instruction.length;
	}
}

/* No code hands it out: no lock can be known to have been taken before. */
static void add_pointer(void *early, uint64_t address)
{
	add_place(early, address, 1, 0);
}

const struct code_early *asks_early(struct asks *asks)
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
	if (early)
		free(early->places);
	free(early);
}

bool code_early_has(const struct code_early *early, uint64_t address, unsigned bytes)
{
	const uint64_t first = address < MOST_BYTES ? 0 : address - MOST_BYTES;
	size_t i = BISECT(0, early->count, j, early->places[j].address < first);
	for (; i < early->count && early->places[i].address < address + bytes; i++) {
		const struct early_place *place = &early->places[i];
		if ((place->address >= address || address - place->address < place->bytes) &&
		    !is_behind_lock(early->asks, place->at))
			return true;
	}
	return early->anywhere;
}
