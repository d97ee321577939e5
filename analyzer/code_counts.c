#include "code_counts.h"
#include "code_effect.h"
#include "code_imports.h"
#include "code_starts.h"
#include "code_ways.h"
#include "object_raw.h"
#include "xalloc.h"
#include <stdlib.h>

#define MARK_COUNTS 2u
#define MARK_GIVES 4u /* the lock back */

struct counting {
	const struct object_code *code;
	struct code_marks marks;
	unsigned depth;
	struct code_count *count; /* of 0 bytes: none yet */
};

/* Whether a function of another file writes to nothing that this one knows. */
static bool is_harmless(const char *import)
{
	return import && (code_import_signals(import) || code_import_ends_program(import));
}

/* The memory that is written to. */
static struct code_value place_of(const struct counting *counting, uint32_t step,
				  const struct object_raw *raw, const ZydisDecodedOperand *operand)
{
	struct code_instruction memory = counting->marks.function->steps[step].instruction;
	struct code_value place = {CODE_UNKNOWN, 0, 0};
	if (!code_memory(&raw->instruction, operand, &memory))
		return place;
	if (memory.from == CODE_NO_REGISTER)
		return (struct code_value){CODE_CONSTANT, 0, (uint64_t)memory.offset};
	place = counting->marks.flow->before[step].registers[memory.from];
	place.offset += (uint64_t)memory.offset;
	return place;
}

/* The step writes to the variable. */
static bool note_count(struct counting *counting, uint32_t step, uint64_t address, unsigned bytes)
{
	struct code_count *count = counting->count;
	struct code_count found = {.variable = {.address = address, .bytes = bytes}};
	const struct code_marks *marks = &counting->marks;
	if (!object_code_at_start(counting->code, address, bytes, &found.variable.value) ||
	    !code_adds(counting->code, marks->function, marks->flow, counting->depth, step,
		       &found.variable, &found.added))
		return false;
	if (count->variable.bytes &&
	    (count->variable.address != address || count->variable.bytes != bytes ||
	     count->added != found.added))
		return false;
	*count = found;
	marks->of[step] |= MARK_COUNTS;
	return true;
}

static bool note_step(struct counting *counting, uint32_t step)
{
	const struct code_instruction *at = &counting->marks.function->steps[step].instruction;
	struct object_raw raw;
	if (at->kind == CODE_CALL || at->kind == CODE_INDIRECT || at->import)
		return is_harmless(at->import);
	if (at->kind != CODE_PLAIN)
		return true;
	if (!object_raw_decode(counting->code, at->address, &raw))
		return false;
	for (unsigned i = 0; i < raw.instruction.operand_count; i++) {
		const ZydisDecodedOperand *operand = &raw.operands[i];
		if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY ||
		    !(operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) || at->pushed)
			continue;
		const struct code_value place = place_of(counting, step, &raw, operand);
		if (place.base == CODE_FRAME && place.key == counting->depth)
			continue;
		if (place.base != CODE_CONSTANT ||
		    !note_count(counting, step, place.offset, operand->size / 8u))
			return false;
	}
	return true;
}

static bool is_way(const struct counting *counting, uint32_t from, uint32_t to, unsigned avoiding)
{
	const struct code_way way = {from, to, avoiding, CODE_NOWHERE, CODE_NOWHERE, true};
	return code_is_way(&counting->marks, &way);
}

/* Whether all ways to where the lock is given back lead by one of these steps, and none by two. */
static bool counts_once(const struct counting *counting, uint32_t from)
{
	const struct code_marks *marks = &counting->marks;
	if (!counting->count->variable.bytes ||
	    is_way(counting, from, CODE_NOWHERE, MARK_COUNTS | MARK_GIVES))
		return false;
	for (uint32_t i = 0; i < marks->function->count; i++) {
		if (marks->of[i] & MARK_GIVES && is_way(counting, from, i, MARK_COUNTS))
			return false;
		for (uint32_t j = 0; marks->of[i] & MARK_COUNTS && j < marks->function->count; j++)
			if (marks->of[j] & MARK_COUNTS && is_way(counting, i, j, MARK_GIVES))
				return false;
	}
	return true;
}

bool code_counts(const struct object_code *code, const struct code_function *function,
		 const struct code_flow *flow, unsigned depth, uint32_t from,
		 struct code_count *count)
{
	struct counting counting = {
		code, {function, flow, xcalloc(function->count, 1)}, depth, count};
	bool *reached = xcalloc(function->count, sizeof(*reached));
	bool good = true;
	*count = (struct code_count){0};
	for (uint32_t i = 0; i < function->count; i++)
		if (function->steps[i].instruction.import &&
		    code_import_unlocks(function->steps[i].instruction.import))
			counting.marks.of[i] |= MARK_GIVES;
	is_way(&counting, from, CODE_NOWHERE, MARK_GIVES);
	for (uint32_t i = 0; i < function->count; i++)
		reached[i] = i != from && counting.marks.of[i] & CODE_WAY &&
			     !(counting.marks.of[i] & MARK_GIVES);
	for (uint32_t i = 0; good && i < function->count; i++)
		good = !reached[i] || note_step(&counting, i);
	good = good && counts_once(&counting, from);
	free(reached);
	free(counting.marks.of);
	return good;
}
