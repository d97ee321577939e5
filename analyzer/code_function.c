/* Explores functions, from instruction to instruction. */
#include "code_function.h"
#include "bisect.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Instructions of a function that are looked at for what nothing leads to. */
#define MAX_LOOKS (8 * CODE_MAX_INSTRUCTIONS)

/* Instructions of the functions that are kept of a file, and functions, at most. */
enum { MAX_KEPT_STEPS = 1 << 17, MAX_KEPT = 1 << 14 };

struct kept {
	UT_hash_handle hh;
	uint64_t start;
	struct code_function *function; /* NULL: it cannot be read */
};

struct code_functions {
	struct kept *kept;
	size_t steps;
};

struct visit {
	UT_hash_handle hh;
	uint64_t address;
	struct code_instruction instruction;
	bool orphan;
};

struct exploration {
	const struct object_code *code;
	uint64_t start, end;
	struct visit *visits;
	uint64_t *pending;
	size_t pending_count;
	bool failed;
	bool computed; /* there is a jump that is */
};

static void pend(struct exploration *exploration, uint64_t address)
{
	exploration->pending = xreallocarray(exploration->pending, exploration->pending_count + 1,
					     sizeof(*exploration->pending));
	exploration->pending[exploration->pending_count++] = address;
}

/* It does nothing: alignment, between functions or before loops. */
static bool is_padding(const struct code_instruction *instruction)
{
	return instruction->kind == CODE_PLAIN && instruction->effect == CODE_NO_EFFECT &&
	       !instruction->clobbered && !instruction->pushed && !instruction->flags;
}

/*
 * Whether the next instruction follows. Where another function begins, or a part of this one, it
 * does so only for certain: a function may end with a call that does not return, and padding.
 */
static bool goes_on(const struct object_code *code, const struct code_instruction *instruction)
{
	uint64_t start, end, next = instruction->address + instruction->length;
	bool falls = instruction->kind == CODE_PLAIN || instruction->kind == CODE_CALL ||
		     instruction->kind == CODE_BRANCH;
	bool ends = instruction->kind == CODE_CALL || is_padding(instruction);
	return falls && object_code_function(code, next, &start, &end) && (start != next || !ends);
}

static bool has_target(const struct code_instruction *instruction)
{
	return (instruction->kind == CODE_BRANCH || instruction->kind == CODE_JUMP) &&
	       instruction->target;
}

static void visit(struct exploration *exploration, uint64_t address, bool orphan)
{
	struct visit *visit;
	HASH_FIND(hh, exploration->visits, &address, sizeof(address), visit);
	if (visit)
		return;
	visit = xcalloc(1, sizeof(*visit));
	visit->address = address;
	visit->orphan = orphan;
	HASH_ADD(hh, exploration->visits, address, sizeof(address), visit);
	if (!object_code_decode(exploration->code, address, &visit->instruction) ||
	    HASH_COUNT(exploration->visits) > CODE_MAX_INSTRUCTIONS) {
		exploration->failed = true;
		return;
	}
	exploration->computed |= visit->instruction.kind == CODE_INDIRECT;
	if (goes_on(exploration->code, &visit->instruction))
		pend(exploration, address + visit->instruction.length);
	if (has_target(&visit->instruction))
		pend(exploration, visit->instruction.target);
	if (visit->instruction.landing)
		pend(exploration, visit->instruction.landing);
}

static void follow(struct exploration *exploration)
{
	while (exploration->pending_count && !exploration->failed)
		visit(exploration, exploration->pending[--exploration->pending_count], false);
}

/* Visits what nothing leads to: the code behind jumps and returns, padding left out. */
static void visit_orphans(struct exploration *exploration)
{
	struct code_instruction at;
	bool follows = true;
	uint64_t address = exploration->start;
	for (unsigned looks = 0; address < exploration->end && !exploration->failed; looks++) {
		exploration->failed = looks == MAX_LOOKS;
		if (!object_code_decode(exploration->code, address, &at))
			break;
		bool padding = is_padding(&at);
		if (!follows && !padding) {
			visit(exploration, address, true);
			follow(exploration);
		}
		if (!padding || follows)
			follows = goes_on(exploration->code, &at);
		address += at.length;
	}
}

static int compare_visits(const struct visit *left, const struct visit *right)
{
	return (left->address > right->address) - (left->address < right->address);
}

uint32_t code_step_at(const struct code_function *function, uint64_t address)
{
	uint32_t low =
		BISECT(0, function->count, i, function->steps[i].instruction.address < address);
	return low < function->count && function->steps[low].instruction.address == address
		       ? low
		       : CODE_NOWHERE;
}

static struct code_function *function_of(struct exploration *exploration)
{
	struct code_function *function = xcalloc(1, sizeof(*function));
	size_t count = HASH_COUNT(exploration->visits);
	struct visit *visit, *next;
	function->steps = xcalloc(count, sizeof(*function->steps));
	function->orphans = xcalloc(count, sizeof(*function->orphans));
	HASH_SRT(hh, exploration->visits, compare_visits);
	HASH_ITER (hh, exploration->visits, visit, next) {
		if (visit->orphan)
			function->orphans[function->orphan_count++] = function->count;
		function->steps[function->count++].instruction = visit->instruction;
	}
	for (uint32_t i = 0; i < function->count; i++) {
		struct code_step *step = &function->steps[i];
		const struct code_instruction *at = &step->instruction;
		step->next = goes_on(exploration->code, at)
				     ? code_step_at(function, at->address + at->length)
				     : CODE_NOWHERE;
		step->target = has_target(at) ? code_step_at(function, at->target) : CODE_NOWHERE;
		step->landing = at->landing ? code_step_at(function, at->landing) : CODE_NOWHERE;
	}
	function->entry = code_step_at(function, exploration->start);
	return function;
}

static struct code_function *function_read(const struct object_code *code, uint64_t start)
{
	struct exploration exploration = {.code = code};
	struct code_function *function = NULL;
	struct visit *visit, *next;
	if (!object_code_function(code, start, &exploration.start, &exploration.end) ||
	    exploration.start != start)
		return NULL;
	pend(&exploration, start);
	follow(&exploration);
	if (exploration.computed)
		visit_orphans(&exploration);
	if (!exploration.failed)
		function = function_of(&exploration);
	HASH_ITER (hh, exploration.visits, visit, next) {
		HASH_DEL(exploration.visits, visit);
		free(visit);
	}
	free(exploration.pending);
	return function;
}

struct code_functions *code_functions_new(void)
{
	return xcalloc(1, sizeof(struct code_functions));
}

static void function_end(struct code_function *function)
{
	if (!function)
		return;
	free(function->steps);
	free(function->orphans);
	free(function);
}

void code_functions_free(struct code_functions *functions)
{
	struct kept *kept, *next;
	if (!functions)
		return;
	HASH_ITER (hh, functions->kept, kept, next) {
		HASH_DEL(functions->kept, kept);
		function_end(kept->function);
		free(kept);
	}
	free(functions);
}

struct code_function *code_function_new(const struct object_code *code, uint64_t start)
{
	struct code_functions *functions = object_code_functions(code);
	struct code_function *function;
	struct kept *kept;
	size_t steps;
	HASH_FIND(hh, functions->kept, &start, sizeof(start), kept);
	if (kept)
		return kept->function;
	function = function_read(code, start);
	steps = function ? function->count : 0;
	if (functions->steps + steps > MAX_KEPT_STEPS || HASH_COUNT(functions->kept) >= MAX_KEPT)
		return function;
	kept = xcalloc(1, sizeof(*kept));
	kept->start = start;
	kept->function = function;
	if (function)
		function->kept = true;
	functions->steps += steps;
	HASH_ADD(hh, functions->kept, start, sizeof(start), kept);
	return function;
}

void code_function_free(struct code_function *function)
{
	if (function && !function->kept)
		function_end(function);
}

uint32_t code_call_before(const struct code_function *function, uint64_t address)
{
	/* The longest instruction has 15 bytes. */
	for (unsigned length = 2; length <= 15; length++) {
		uint32_t i = code_step_at(function, address - length);
		if (i != CODE_NOWHERE && function->steps[i].instruction.length == length &&
		    function->steps[i].instruction.kind == CODE_CALL)
			return i;
	}
	return CODE_NOWHERE;
}
