/* Owns the functions that were looked at, and what is known of each. */
#include "code_explored.h"
#include "code_birth.h"
#include "code_early.h"
#include "code_outward.h"
#include "code_stores.h"
#include "code_ways.h"
#include "xalloc.h"
#include <stdlib.h>

void asks_free(struct asks *asks)
{
	struct explored *explored, *next;
	if (!asks)
		return;
	HASH_ITER (hh, asks->functions, explored, next) {
		HASH_DEL(asks->functions, explored);
		code_function_free(explored->function);
		free(explored);
	}
	code_early_free(asks->early);
	code_stores_free(asks->stores);
	code_births_free(asks->born);
	object_code_free(asks->code);
	free(asks);
}

const struct object_code *asks_code(const struct asks *asks)
{
	return asks->code;
}

struct explored *asks_explore(struct asks *asks, uint64_t start)
{
	struct explored *explored;
	HASH_FIND(hh, asks->functions, &start, sizeof(start), explored);
	if (explored || asks->instructions >= ASKS_MAX_INSTRUCTIONS)
		return explored;
	explored = xcalloc(1, sizeof(*explored));
	explored->start = start;
	explored->function = code_function_new(asks->code, start);
	asks->instructions +=
		explored->function ? explored->function->count : CODE_MAX_INSTRUCTIONS;
	if (explored->function && code_comes_back_twice(explored->function)) {
		code_function_free(explored->function);
		explored->function = NULL;
	}
	HASH_ADD(hh, asks->functions, start, sizeof(start), explored);
	return explored;
}

const struct code_function *asks_function(struct asks *asks, uint64_t start)
{
	struct explored *explored = asks_explore(asks, start);
	return explored ? explored->function : NULL;
}

static bool throws(struct asks *asks, uint64_t start, unsigned depth);

bool asks_call_throws(struct asks *asks, const struct code_instruction *call,
		      const struct code_values *values, unsigned depth)
{
	const char *import = code_import_called(asks->code, call, values);
	if (import)
		return code_import_throws(asks->code, import);
	return !call->target || !depth || throws(asks, call->target, depth - 1);
}

/* Whether one may be thrown in the function, through so many functions; it may be caught there. */
static bool throws(struct asks *asks, uint64_t start, unsigned depth)
{
	struct explored *explored = asks_explore(asks, start);
	if (!explored || !explored->function)
		return true;
	if (explored->throws[depth])
		return explored->throws[depth] > 1;
	explored->throws[depth] = 2;
	for (uint32_t i = 0; i < explored->function->count; i++) {
		const struct code_instruction *at = &explored->function->steps[i].instruction;
		bool calls = at->kind == CODE_CALL || at->kind == CODE_INDIRECT || at->import;
		if (calls && asks_call_throws(asks, at, NULL, depth))
			return true;
	}
	explored->throws[depth] = 1;
	return false;
}

bool asks_returns(struct asks *asks, uint64_t start)
{
	struct explored *explored = asks_explore(asks, start);
	if (!explored || !explored->function || explored->returns)
		return !explored || explored->returns != 1;
	explored->returns = 1;
	for (uint32_t i = 0; i < explored->function->count; i++) {
		const struct code_instruction *at = &explored->function->steps[i].instruction;
		if (at->kind == CODE_RETURN || at->kind == CODE_INDIRECT ||
		    (at->kind == CODE_JUMP && at->import))
			explored->returns = 2;
	}
	return explored->returns != 1;
}
