/* Searches by steps: functions are small, and few are asked about. */
#include "code_ways.h"
#include "xalloc.h"
#include <stdlib.h>

struct search {
	const struct code_marks *marks;
	const struct code_way *way;
	uint32_t *pending;
	size_t pending_count;
	bool found, lost; /* the end; a way that is not known */
};

static void search_at(struct search *search, uint32_t step)
{
	const struct code_way *way = search->way;
	while (step != CODE_NOWHERE && !(search->marks->of[step] & CODE_WAY)) {
		unsigned mark = search->marks->of[step];
		search->marks->of[step] |= CODE_WAY;
		search->found |= step == way->to;
		if (step == way->to || step == way->around || step == way->beside)
			return;
		if (!(mark & way->avoiding)) {
			search->pending[search->pending_count++] = step;
			return;
		}
		step = search->marks->flow->ways[step] & CODE_WAY_LANDING
			       ? search->marks->function->steps[step].landing
			       : CODE_NOWHERE;
	}
}

/* To all that a computed jump may lead to; once, as all of them lead to the same. */
static void search_computed(struct search *search)
{
	const struct code_function *function = search->marks->function;
	for (uint32_t i = 0; !search->lost && i < function->orphan_count; i++)
		search_at(search, function->orphans[i]);
	search->lost = true;
}

static void search_on(struct search *search, uint32_t step)
{
	const struct code_step *at = &search->marks->function->steps[step];
	unsigned char ways = search->marks->flow->ways[step];
	bool leaves = at->instruction.kind == CODE_RETURN ||
		      (at->instruction.import && at->instruction.kind != CODE_CALL &&
		       at->instruction.kind != CODE_TRAP);
	search->found |= leaves && search->way->to == CODE_NOWHERE;
	if (ways & CODE_WAY_NEXT)
		search_at(search, at->next);
	if (ways & CODE_WAY_TARGET)
		search_at(search, at->target);
	if (ways & CODE_WAY_LANDING)
		search_at(search, at->landing);
	if (at->instruction.kind == CODE_INDIRECT)
		search_computed(search);
}

bool code_is_way(const struct code_marks *marks, const struct code_way *way)
{
	struct search search = {
		.marks = marks,
		.way = way,
		.pending = xcalloc((size_t)marks->function->count + 1, sizeof(uint32_t)),
	};
	for (uint32_t i = 0; i < marks->function->count; i++)
		marks->of[i] &= (unsigned char)~CODE_WAY;
	if (way->from == CODE_NOWHERE)
		search_at(&search, marks->function->entry);
	else
		search_on(&search, way->from);
	while (search.pending_count)
		search_on(&search, search.pending[--search.pending_count]);
	free(search.pending);
	return search.found || (way->unknown && search.lost);
}

/* Whether all ways to `step` lead by `head`. */
static bool dominates(const struct code_marks *marks, uint32_t from, uint32_t head, uint32_t step)
{
	const struct code_way way = {from, step, 0, head, CODE_NOWHERE, true};
	return head == step || !code_is_way(marks, &way);
}

/* Whether the jump from step `back` to `head` closes a loop around the step. */
static bool closes(const struct code_marks *marks, uint32_t from, uint32_t step, uint32_t beside,
		   uint32_t head, uint32_t back)
{
	const struct code_way round = {step, back, 0, head, beside, false};
	return back != beside && (back == step || code_is_way(marks, &round)) &&
	       dominates(marks, from, head, back);
}

/* Whether a loop around the step begins at `head`. */
static bool is_head(const struct code_marks *marks, uint32_t from, uint32_t step, uint32_t beside,
		    uint32_t head)
{
	const struct code_function *function = marks->function;
	if (!dominates(marks, from, head, step))
		return false;
	for (uint32_t i = 0, backs = 0; i < function->count && backs < CODE_MAX_MEETINGS; i++) {
		if (function->steps[i].next != head && function->steps[i].target != head)
			continue;
		backs++;
		if (closes(marks, from, step, beside, head, i))
			return true;
	}
	return false;
}

/* The steps to which several lead. */
static size_t list_meetings(const struct code_function *function,
			    uint32_t meetings[CODE_MAX_MEETINGS])
{
	unsigned char *leading = xcalloc(function->count, 1);
	size_t count = 0;
	for (uint32_t i = 0; i < function->count; i++) {
		const uint32_t to[] = {function->steps[i].next, function->steps[i].target};
		for (size_t j = 0; j < 2; j++)
			if (to[j] != CODE_NOWHERE && leading[to[j]] < 2)
				leading[to[j]]++;
	}
	for (uint32_t i = 0; i < function->count && count <= CODE_MAX_MEETINGS; i++)
		if (leading[i] > 1 && count++ < CODE_MAX_MEETINGS)
			meetings[count - 1] = i;
	free(leading);
	return count > CODE_MAX_MEETINGS ? 0 : count;
}

uint32_t code_loop_around(const struct code_marks *marks, uint32_t from, uint32_t step,
			  uint32_t beside)
{
	uint32_t meetings[CODE_MAX_MEETINGS], head = CODE_NOWHERE;
	size_t count = list_meetings(marks->function, meetings);
	for (size_t i = 0; i < count; i++)
		if (is_head(marks, from, step, beside, meetings[i]) &&
		    (head == CODE_NOWHERE || dominates(marks, from, head, meetings[i])))
			head = meetings[i];
	const struct code_way round = {head, head, 0, step, beside, true};
	return head == CODE_NOWHERE || head == step || !code_is_way(marks, &round) ? head
										   : CODE_NOWHERE;
}
