/* Owns the functions that were looked at, and what is known of each. */
#include "code_explored.h"
#include "code_birth.h"
#include "code_early.h"
#include "code_outward.h"
#include "code_store_list.h"
#include "code_ways.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

void asks_free(struct asks *asks)
{
	struct explored *explored, *next;
	if (!asks)
		return;
	HASH_ITER (hh, asks->functions, explored, next) {
		HASH_DEL(asks->functions, explored);
		code_flow_free(explored->flow);
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

const struct code_flow *asks_flow_given(struct asks *asks, uint64_t start)
{
	const struct code_values given = code_values_given();
	struct explored *explored = asks_explore(asks, start);
	if (explored && explored->function && !explored->flow)
		explored->flow = asks_flow(asks, explored->function, &given, 0);
	return explored ? explored->flow : NULL;
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

static const struct {
	const char *name;
	enum asks_call what;
} calls[] = {
	{"_ZNSt18condition_variable10notify_allEv", ASKS_CALLS_SIGNAL},
	{"_ZNSt18condition_variable10notify_oneEv", ASKS_CALLS_SIGNAL},
	{"_Znwm", ASKS_CALLS_ALLOCATOR},
	{"aligned_alloc", ASKS_CALLS_ALLOCATOR},
	{"calloc", ASKS_CALLS_ALLOCATOR},
	{"cnd_broadcast", ASKS_CALLS_SIGNAL},
	{"cnd_signal", ASKS_CALLS_SIGNAL},
	{"cnd_timedwait", ASKS_CALLS_WAIT},
	{"cnd_wait", ASKS_CALLS_WAIT},
	{"g_cond_broadcast", ASKS_CALLS_SIGNAL},
	{"g_cond_signal", ASKS_CALLS_SIGNAL},
	{"g_cond_wait", ASKS_CALLS_WAIT},
	{"g_mutex_lock", ASKS_CALLS_LOCK},
	{"malloc", ASKS_CALLS_ALLOCATOR},
	{"mtx_lock", ASKS_CALLS_LOCK},
	{"pthread_cond_broadcast", ASKS_CALLS_SIGNAL},
	{"pthread_cond_clockwait", ASKS_CALLS_WAIT},
	{"pthread_cond_signal", ASKS_CALLS_SIGNAL},
	{"pthread_cond_timedwait", ASKS_CALLS_WAIT},
	{"pthread_cond_wait", ASKS_CALLS_WAIT},
	{"pthread_mutex_lock", ASKS_CALLS_LOCK},
};

bool asks_calls(const char *import, enum asks_call what)
{
	for (size_t i = 0; import && i < sizeof(calls) / sizeof(*calls); i++)
		if (calls[i].what == what && strcmp(import, calls[i].name) == 0)
			return true;
	return false;
}

bool asks_may_call(struct asks *asks, uint64_t start, unsigned depth, enum asks_call what)
{
	struct explored *explored = asks_explore(asks, start);
	if (!explored || !explored->function)
		return false;
	if (explored->calls[what][depth])
		return explored->calls[what][depth] > 1;
	explored->calls[what][depth] = 1; /* also while it is looked at */
	for (uint32_t i = 0; i < explored->function->count; i++) {
		const struct code_instruction *at = &explored->function->steps[i].instruction;
		bool within = at->kind == CODE_CALL && at->target && depth;
		if (!asks_calls(at->import, what) &&
		    !(within && asks_may_call(asks, at->target, depth - 1, what)))
			continue;
		explored->calls[what][depth] = 2;
		return true;
	}
	return false;
}
