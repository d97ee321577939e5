/* Looks for a way to the step on which the mutex is not taken. */
#include "code_under.h"
#include "code_explored.h"
#include "code_outward.h"
#include "code_releases.h"
#include "code_ways.h"
#include "one_of.h"
#include "xalloc.h"
#include <stdlib.h>

#define MARK_TAKES 2u
#define MARK_TELLS 4u
#define MARK_GIVES 8u

static bool is_call(const struct code_instruction *at)
{
	return at->kind == CODE_CALL || at->kind == CODE_INDIRECT || at->import;
}

/* Whether the function may give a lock back, through so many functions. */
static bool may_give(struct asks *asks, uint64_t start, unsigned depth)
{
	struct explored *explored = asks_explore(asks, start);
	if (!explored || !explored->function)
		return true;
	if (explored->gives[depth])
		return explored->gives[depth] > 1;
	explored->gives[depth] = 2; /* also while it is looked at */
	for (uint32_t i = 0; i < explored->function->count; i++) {
		const struct code_instruction *at = &explored->function->steps[i].instruction;
		if (!is_call(at) || asks_calls(at->import, ASKS_CALLS_SIGNAL))
			continue;
		if (at->import ? !code_import_keeps_locks(asks->code, at->import)
			       : !at->target || !depth || may_give(asks, at->target, depth - 1))
			return true;
	}
	explored->gives[depth] = 1;
	return false;
}

static bool gives_at(struct asks *asks, const struct code_function *function,
		     const struct code_flow *flow, uint32_t step, unsigned depth)
{
	const struct code_instruction *at = &function->steps[step].instruction;
	const char *import;
	if (!flow->reached[step] || !is_call(at))
		return false;
	import = code_import_called(asks->code, at, &flow->before[step]);
	if (import)
		return !asks_calls(import, ASKS_CALLS_SIGNAL) &&
		       !code_import_keeps_locks(asks->code, import);
	return !at->target || !depth || may_give(asks, at->target, depth - 1);
}

static bool is_taken(struct asks *asks, const struct code_function *function,
		     const struct code_flow *flow, uint32_t to, unsigned depth,
		     const struct code_monitor *monitor);

/* A function of the file that is called there, and may itself call such an import; NULL: none that
 * is known. *flow is to be freed. */
static const struct code_function *called_at(struct asks *asks, const struct code_step *step,
					     const struct code_values *values, unsigned depth,
					     enum asks_call what, struct code_flow **flow)
{
	const struct code_instruction *at = &step->instruction;
	const struct code_function *called = NULL;
	*flow = NULL;
	if (at->kind == CODE_CALL && !at->import && at->target && depth < ASKS_MAX_DEPTH &&
	    asks_may_call(asks, at->target, ASKS_MAX_DEPTH - depth - 1, what))
		called = asks_function(asks, at->target);
	if (called)
		*flow = asks_flow(asks, called, values, depth + 1);
	return *flow ? called : NULL;
}

/* Whether the mutex is taken behind that step, whatever was so before. */
static bool takes_at(struct asks *asks, const struct code_function *function,
		     const struct code_flow *flow, uint32_t step, unsigned depth,
		     const struct code_monitor *monitor)
{
	const struct code_values *values = &flow->before[step];
	const char *import;
	if (!flow->reached[step] || !is_call(&function->steps[step].instruction))
		return false;
	import = code_import_called(asks->code, &function->steps[step].instruction, values);
	if (asks_calls(import, ASKS_CALLS_LOCK) || asks_calls(import, ASKS_CALLS_WAIT)) {
		const unsigned which = asks_calls(import, ASKS_CALLS_LOCK) ? CODE_RDI : CODE_RSI;
		return monitor->is_lock(monitor, &values->registers[which]);
	}
	struct code_flow *within;
	const struct code_function *called =
		import ? NULL
		       : called_at(asks, &function->steps[step], values, depth, ASKS_CALLS_LOCK,
				   &within);
	if (!called)
		return false;
	bool takes = is_taken(asks, called, within, ASKS_RETURN, depth + 1, monitor);
	code_flow_free(within);
	return takes;
}

static bool is_taken(struct asks *asks, const struct code_function *function,
		     const struct code_flow *flow, uint32_t to, unsigned depth,
		     const struct code_monitor *monitor)
{
	const uint32_t count = function->count;
	struct code_marks marks = {function, flow, xcalloc(count, 1)};
	struct code_way bare = {CODE_NOWHERE, to, MARK_TAKES, CODE_NOWHERE, CODE_NOWHERE, true};
	bool any = false;
	for (uint32_t i = 0; i < count; i++) {
		if (takes_at(asks, function, flow, i, depth, monitor)) {
			marks.of[i] |= MARK_TAKES;
			any = true;
		}
	}
	bool taken = any && !code_is_way(&marks, &bare);
	for (uint32_t i = 0; i < count && taken; i++) {
		bare.from = i;
		if (marks.of[i] & MARK_TAKES ||
		    !gives_at(asks, function, flow, i, ASKS_MAX_DEPTH - 1))
			continue;
		taken = asks->steps_left >= count && !code_is_way(&marks, &bare);
		asks->steps_left -= taken ? count : 0;
	}
	free(marks.of);
	return taken;
}

enum telling {
	TELLS_MAYBE, /* on some way */
	TELLS_ALWAYS,
};

static bool tells(struct asks *asks, const struct code_function *function,
		  const struct code_flow *flow, uint32_t from, unsigned depth, enum telling how,
		  const struct code_monitor *monitor);

/* Whether the step signals, or calls who does so. */
static bool tells_at(struct asks *asks, const struct code_function *function,
		     const struct code_flow *flow, uint32_t step, unsigned depth, enum telling how,
		     const struct code_monitor *monitor)
{
	const struct code_values *values = &flow->before[step];
	const struct code_instruction *at = &function->steps[step].instruction;
	struct code_flow *within;
	if (!flow->reached[step] || !is_call(at))
		return false;
	const char *import = code_import_called(asks->code, at, values);
	if (import)
		return asks_calls(import, ASKS_CALLS_SIGNAL) &&
		       monitor->is_condition(monitor, &values->registers[CODE_RDI]);
	const struct code_function *called =
		called_at(asks, &function->steps[step], values, depth, ASKS_CALLS_SIGNAL, &within);
	bool told = called && tells(asks, called, within, CODE_NOWHERE, depth + 1, how, monitor);
	code_flow_free(within);
	return told;
}

/* Whether the ways from behind that step to the end lead past a signal. */
static bool tells(struct asks *asks, const struct code_function *function,
		  const struct code_flow *flow, uint32_t from, unsigned depth, enum telling how,
		  const struct code_monitor *monitor)
{
	const struct code_way silent = {from,	      CODE_NOWHERE, MARK_TELLS,
					CODE_NOWHERE, CODE_NOWHERE, true};
	struct code_marks marks = {function, flow, xcalloc(function->count, 1)};
	bool any = false;
	for (uint32_t i = 0; i < function->count; i++) {
		if (tells_at(asks, function, flow, i, depth, how, monitor)) {
			marks.of[i] |= MARK_TELLS;
			any = true;
		}
	}
	bool told = any && (how == TELLS_MAYBE || !code_is_way(&marks, &silent));
	free(marks.of);
	return told;
}

/* Whether some way from behind that step leads to a signal before the mutex is given back. */
static bool tells_inside(struct asks *asks, const struct code_function *function,
			 const struct code_flow *flow, uint32_t step,
			 const struct code_monitor *monitor)
{
	const struct code_way inside = {step,	      CODE_NOWHERE, MARK_GIVES,
					CODE_NOWHERE, CODE_NOWHERE, false};
	struct code_marks marks = {function, flow, xcalloc(function->count, 1)};
	bool told = false;
	for (uint32_t i = 0; i < function->count; i++)
		if (gives_at(asks, function, flow, i, ASKS_MAX_DEPTH - 1))
			marks.of[i] |= MARK_GIVES;
	code_is_way(&marks, &inside);
	for (uint32_t i = 0; i < function->count && !told; i++)
		told = marks.of[i] & CODE_WAY &&
		       tells_at(asks, function, flow, i, 0, TELLS_MAYBE, monitor);
	free(marks.of);
	return told;
}

bool code_tells(struct asks *asks, const struct code_function *function,
		const struct code_flow *flow, uint32_t step, const struct code_monitor *monitor)
{
	return tells(asks, function, flow, step, 0, TELLS_ALWAYS, monitor) ||
	       tells_inside(asks, function, flow, step, monitor);
}

bool code_is_under(struct asks *asks, const struct code_function *function,
		   const struct code_flow *flow, uint32_t step, const struct code_monitor *monitor)
{
	return code_tells(asks, function, flow, step, monitor) &&
	       is_taken(asks, function, flow, step, 0, monitor);
}

static bool is_variable(const struct code_value *value, uint64_t address)
{
	return value->base == CODE_CONSTANT && value->offset == address;
}

static bool is_variable_lock(const struct code_monitor *monitor, const struct code_value *value)
{
	const struct condition_test *test = monitor->context;
	return is_variable(value, test->lock);
}

static bool is_variable_condition(const struct code_monitor *monitor,
				  const struct code_value *value)
{
	const struct condition_test *test = monitor->context;
	return is_variable(value, test->condition);
}

struct code_monitor code_monitor_of(const struct condition_test *test)
{
	return (struct code_monitor){is_variable_lock, is_variable_condition, test};
}
