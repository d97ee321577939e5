#include "code_section.h"
#include "code_explored.h"
#include "code_imports.h"
#include "code_outward.h"
#include "code_ways.h"
#include "xalloc.h"
#include <stdlib.h>

#define MARK_GIVES 2u
#define MARK_SIGNALS 4u

static bool is_call_within(const struct code_instruction *at)
{
	return at->kind == CODE_CALL && at->target && !at->import;
}

/* Whether the function signals or gives a lock back at all, through so many functions. */
static bool may_tell(struct asks *asks, uint64_t start, unsigned depth)
{
	struct explored *explored = asks_explore(asks, start);
	if (!explored || !explored->function)
		return false;
	if (explored->tells[depth])
		return explored->tells[depth] > 1;
	explored->tells[depth] = 1;
	for (uint32_t i = 0; i < explored->function->count; i++) {
		const struct code_instruction *at = &explored->function->steps[i].instruction;
		const char *import = at->import;
		bool tells = import && (code_import_signals(import) || code_import_unlocks(import));
		tells |= at->kind == CODE_CALL && !import && !at->target;
		if (!tells &&
		    !(depth && is_call_within(at) && may_tell(asks, at->target, depth - 1)))
			continue;
		explored->tells[depth] = 2;
		return true;
	}
	return false;
}

/* What the function that is called there does, with what it is called with. */
static enum code_section within(struct asks *asks, const struct code_instruction *call,
				const struct code_values *values, unsigned depth,
				const struct code_monitor *monitor)
{
	if (depth + 1 >= ASKS_MAX_DEPTH ||
	    !may_tell(asks, call->target, ASKS_MAX_DEPTH - depth - 2))
		return SECTION_OPEN;
	const struct code_function *function = asks_function(asks, call->target);
	struct code_flow *flow = asks_flow(asks, function, values, depth + 1);
	enum code_section section = SECTION_OPEN;
	if (flow)
		section = code_section(asks, function, flow, CODE_NOWHERE, depth + 1, monitor);
	code_flow_free(flow);
	return section;
}

static unsigned mark_of(struct asks *asks, const struct code_marks *marks, uint32_t step,
			unsigned depth, const struct code_monitor *monitor)
{
	const struct code_instruction *at = &marks->function->steps[step].instruction;
	const struct code_values *values = &marks->flow->before[step];
	const char *import = code_import_called(asks->code, at, values);
	if (is_call_within(at)) {
		enum code_section section = within(asks, at, values, depth, monitor);
		return section == SECTION_SIGNALS ? MARK_SIGNALS
		       : section == SECTION_ENDS  ? MARK_GIVES
						  : 0;
	}
	if (!import)
		return 0;
	if (code_import_signals(import))
		return monitor->is_condition(monitor, &values->registers[CODE_RDI]) ? MARK_SIGNALS
										    : 0;
	return code_import_unlocks(import) &&
			       monitor->is_lock(monitor, &values->registers[CODE_RDI])
		       ? MARK_GIVES
		       : 0;
}

enum code_section code_section(struct asks *asks, const struct code_function *function,
			       const struct code_flow *flow, uint32_t from, unsigned depth,
			       const struct code_monitor *monitor)
{
	const struct code_way out = {from,	   CODE_NOWHERE, MARK_GIVES,
				     CODE_NOWHERE, CODE_NOWHERE, true};
	struct code_marks marks = {function, flow, xcalloc(function->count, 1)};
	enum code_section section = SECTION_ENDS;
	code_is_way(&marks, &out);
	for (uint32_t i = 0; i < function->count; i++)
		if (marks.of[i] & CODE_WAY && flow->reached[i])
			marks.of[i] |= (unsigned char)mark_of(asks, &marks, i, depth, monitor);
	if (code_is_way(&marks, &out))
		section = SECTION_OPEN;
	for (uint32_t i = 0; i < function->count; i++)
		if ((marks.of[i] & (CODE_WAY | MARK_SIGNALS)) == (CODE_WAY | MARK_SIGNALS))
			section = SECTION_SIGNALS;
	free(marks.of);
	return section;
}
