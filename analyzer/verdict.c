/* Searches for a combination of acquisitions that meets a set of conditions. */
#include "anchor.h"
#include "bisect.h"
#include "judge.h"
#include "turns.h"
#include "xalloc.h"
#include <assert.h>
#include <stdlib.h>

/* Views kept at most, counted in members. */
#define KEPT_MEMBERS (1u << 18)
/* What making a view costs: by itself, and for each acquisition. */
#define VIEW_STEPS 16u
/* However little is left, a cycle is looked at so closely. */
#define JUDGE_MIN_STEPS (1u << 16)

/* What a question about order costs. */
#define ORDER_STEPS 16u
/* Threads are counted beforehand for cycles of up to so many locks. */
#define JUDGE_COUNTED_THREADS 256

enum outcome {
	NONE, /* there is no such combination */
	FOUND,
	CUT, /* too many to look at all */
};

/* In the order in which they are imposed to find the reason. */
static const struct {
	enum condition condition;
	enum reason reason;
} conditions[] = {
	{DISTINCT, REASON_SINGLE_THREAD}, {UNGATED, REASON_GATE_LOCK},
	{APART, REASON_THREAD_ORDER},	  {CONCURRENT, REASON_SYNC_ORDER},
	{SEATED, REASON_GATE_LOCK},	  {CONFLICTING, REASON_READ_SHARED},
	{WAITING, REASON_TRY_LOCK},	  {UNLIMITED, REASON_TIMED},
};

struct judge *judge_new(const struct graph *graph, struct order *order, struct places *places)
{
	struct judge *judge = xcalloc(1, sizeof(*judge));
	bool tasks = false;

	judge->graph = graph;
	judge->order = order;
	if (graph->laid)
		judge->announcements = announcements_new(graph->model);
	judge->places = places;
	judge->guarded = guarded_any(graph->model);
	for (size_t i = 0; i < graph->model->thread_count; i++) {
		judge->inside |= graph->model->threads[i].tasks_inside;
		tasks |= graph->model->threads[i].tasks;
	}
	judge->head_starts = head_starts_new(graph->model);
	/* Others may take and post what is taken and posted in tasks. */
	judge->seats = tasks ? NULL : seats_new(graph->model);
	judge->component = NO_INDEX;
	return judge;
}

static void forget_views(struct judge *judge)
{
	struct edge_view *view, *next;
	HASH_ITER (hh, judge->kept, view, next) {
		HASH_DEL(judge->kept, view);
		edge_view_free(view);
	}
	judge->kept_members = 0;
}

void judge_free(struct judge *judge)
{
	if (!judge)
		return;
	forget_views(judge);
	free(judge->views);
	free(judge->classes);
	free(judge->members);
	free(judge->writers);
	free(judge->steps);
	announcements_free(judge->announcements);
	head_starts_free(judge->head_starts);
	seats_free(judge->seats);
	free(judge);
}

static struct edge_view *view_of(struct judge *judge, uint32_t held, uint32_t wanted)
{
	const struct graph_edge *edge = graph_edge_find(judge->graph, held, wanted);
	assert(edge);
	size_t index = edge - judge->graph->edges;
	struct edge_view *view;
	HASH_FIND(hh, judge->kept, &index, sizeof(index), view);
	if (view)
		return view;
	view = edge_view_new(judge->graph, index, judge->places, judge->anchor);
	HASH_ADD(hh, judge->kept, edge, sizeof(view->edge), view);
	judge->kept_members += view->member_count;
	judge->steps_used += VIEW_STEPS + VIEW_STEPS * edge->count;
	return view;
}

/* False: none are left. */
static bool spend(struct judge *judge, uint64_t steps)
{
	judge->steps_used += steps;
	if (judge->steps_left < steps)
		return false;
	judge->steps_left -= steps;
	return true;
}

/* Chooses, from step i on, the writers behind whom readers wait for readers. */
static enum outcome writers_try(struct judge *judge, size_t i)
{
	if (i == judge->count)
		return FOUND;
	judge->writers[i] = NO_INDEX;
	if (!(judge->required & CONFLICTING) || !judge_both_read(judge, i))
		return writers_try(judge, i + 1);
	size_t count;
	const uint32_t *writers =
		graph_writers(judge->graph, judge->locks[judge_after(judge, i)], &count);
	for (size_t w = 0; w < count; w++) {
		if (!spend(judge, ORDER_STEPS * judge->count))
			return CUT;
		if (!judge_writer_fits(judge, i, writers[w]))
			continue;
		judge->writers[i] = writers[w];
		enum outcome outcome = writers_try(judge, i + 1);
		if (outcome != NONE)
			return outcome;
	}
	return NONE;
}

/* How many members of the class, from its first, begin before `limit`. */
static uint32_t begun_before(const struct member *members, uint32_t count, int64_t limit)
{
	return BISECT(0, count, i, members[i].from < limit);
}

/*
 * Chooses members for edges i and on. [low, high] is what the chosen ones have in common on the
 * anchor's time line: a member that ends before it, or begins after it, is ordered with one of
 * them.
 */
static enum outcome members_try(struct judge *judge, size_t i, int64_t low, int64_t high)
{
	if (i == judge->count)
		return writers_try(judge, 0);
	const struct member *members = &judge->views[i]->members[judge->classes[i]->first];
	bool ordered = judge->required & (CONCURRENT | APART);
	uint32_t at = ordered && i > 0 ? begun_before(members, judge->classes[i]->count, high)
				       : judge->classes[i]->count;
	while (at-- > 0) {
		const struct member *member = &members[at];
		if (ordered && i > 0 && member->reach <= low)
			break;
		if (!spend(judge, 1))
			return CUT;
		if (ordered && i > 0 && member->to <= low)
			continue;
		if (ordered && !spend(judge, ORDER_STEPS * i))
			return CUT;
		judge->members[i] = member;
		if (!judge_member_fits(judge, i))
			continue;
		enum outcome outcome =
			members_try(judge, i + 1, member->from > low ? member->from : low,
				    member->to < high ? member->to : high);
		if (outcome != NONE)
			return outcome;
	}
	return NONE;
}

/* Chooses classes for edges i and on, then members of them. */
static enum outcome classes_try(struct judge *judge, size_t i)
{
	if (i == judge->count)
		return members_try(judge, 0, BEFORE_ALL, AFTER_ALL);
	const struct edge_view *view = judge->views[i];
	for (uint32_t c = 0; c < view->class_count; c++) {
		if (!spend(judge, 1))
			return CUT;
		judge->classes[i] = &view->classes[c];
		if (!judge_class_fits(judge, i))
			continue;
		enum outcome outcome = classes_try(judge, i + 1);
		if (outcome != NONE)
			return outcome;
	}
	return NONE;
}

/* Whether there are fewer threads than edges, which no search need find out. */
static bool threads_lack(const struct judge *judge)
{
	uint32_t threads[JUDGE_COUNTED_THREADS];
	size_t count = 0;
	if (judge->count > JUDGE_COUNTED_THREADS)
		return false;
	for (size_t i = 0; i < judge->count; i++)
		for (uint32_t m = 0; m < judge->views[i]->member_count; m++) {
			uint32_t thread = judge->views[i]->members[m].thread;
			size_t known = 0;
			if (judge->graph->model->threads[thread].tasks)
				return false;
			while (known < count && threads[known] != thread)
				known++;
			if (known < count)
				continue;
			threads[count++] = thread;
			if (count == judge->count)
				return false;
		}
	return true;
}

/* Whether the threads work in turn, so that no two of their acquisitions are concurrent. */
static bool in_turn(struct judge *judge)
{
	if (!judge->turns_known)
		judge->turns =
			turns_taken(judge->graph->model, judge->order, judge->views, judge->count);
	judge->turns_known = true;
	return judge->turns;
}

/* A combination that meets the conditions. When found, it is kept in judge->steps. */
static enum outcome combine(struct judge *judge, unsigned required, uint64_t limit)
{
	judge->required = required;
	judge->steps_left = limit;
	if (required & DISTINCT && threads_lack(judge))
		return NONE;
	enum outcome outcome = classes_try(judge, 0);
	if (outcome == CUT && required & DISTINCT && required & CONCURRENT && in_turn(judge))
		return NONE;
	for (size_t i = 0; outcome == FOUND && i < judge->count; i++)
		judge->steps[i] = (struct judged_step){
			.node = judge->members[i]->node,
			.holder = judge->members[i]->holder,
			.want_place = judge->classes[i]->want_place,
			.hold_place = judge->classes[i]->hold_place,
			.count = judge->members[i]->count,
			.writer = judge->writers[i],
		};
	return outcome;
}

/*
 * The first condition that leaves no combination; judge->steps is one that meets those before it.
 * REASON_NONE: the cycle is redundant.
 */
static enum reason reason_find(struct judge *judge, uint64_t limit)
{
	size_t count = sizeof(conditions) / sizeof(*conditions);
	unsigned required = NEEDED;
	enum outcome needed = combine(judge, required, limit);
	if (needed == NONE)
		return REASON_NONE;
	if (needed == CUT)
		combine(judge, required = 0, UINT64_MAX);
	for (size_t i = 0; i < count; i++) {
		required |= conditions[i].condition;
		if (conditions[i].condition == CONCURRENT &&
		    order_of_threads(judge->order) == judge->order && !judge->announcements)
			continue;
		if (combine(judge, required, limit) != FOUND)
			return conditions[i].reason;
	}
	return conditions[count - 1].reason;
}

static uint32_t step_node(const void *judge, size_t i)
{
	return ((const struct judge *)judge)->steps[i].node;
}

static uint32_t gate_find(const struct judge *judge)
{
	for (size_t i = 1; i < judge->count; i++)
		for (size_t j = 0; j < i; j++) {
			uint32_t gate =
				judge_gate(judge, judge->steps[i].node, judge->steps[j].node);
			if (gate != NO_INDEX)
				return gate;
		}
	return judge->seats ? seats_lacking(judge->seats, judge->graph->model, step_node, judge,
					    judge->count)
			    : NO_INDEX;
}

static void prepare(struct judge *judge, const uint32_t *locks, size_t count)
{
	uint32_t component = judge->graph->component_of[locks[0]];
	assert(component != NO_INDEX);
	if (component != judge->component || judge->kept_members > KEPT_MEMBERS)
		forget_views(judge);
	if (component != judge->component)
		judge->anchor = anchor_find(judge->graph, component);
	judge->component = component;
	if (count > judge->size) {
		judge->size = count;
		judge->views = xreallocarray(judge->views, count, sizeof(*judge->views));
		judge->classes = xreallocarray(judge->classes, count, sizeof(*judge->classes));
		judge->members = xreallocarray(judge->members, count, sizeof(*judge->members));
		judge->writers = xreallocarray(judge->writers, count, sizeof(*judge->writers));
		judge->steps = xreallocarray(judge->steps, count, sizeof(*judge->steps));
	}
	judge->locks = locks;
	judge->turns_known = false;
	judge->count = count;
	for (size_t i = 0; i < count; i++)
		judge->views[i] = view_of(judge, locks[i], locks[(i + 1) % count]);
}

void judge_cycle(struct judge *judge, const uint32_t *locks, size_t count, uint64_t *steps,
		 struct judgement *judgement)
{
	uint64_t limit = *steps < JUDGE_MIN_STEPS ? JUDGE_MIN_STEPS : *steps;
	if (limit > JUDGE_MAX_STEPS)
		limit = JUDGE_MAX_STEPS;
	judge->steps_used = 0;
	prepare(judge, locks, count);
	enum outcome outcome = combine(judge, ALL_CONDITIONS, limit);
	enum reason reason = outcome == FOUND ? REASON_NONE : reason_find(judge, limit);
	bool redundant = outcome != FOUND && reason == REASON_NONE;
	bool discharged = outcome == NONE && !redundant;
	*judgement = (struct judgement){
		.verdict = outcome == NONE ? VERDICT_DISCHARGED : VERDICT_POTENTIAL,
		.reason = discharged ? reason : REASON_NONE,
		.steps = judge->steps,
		.gate = discharged ? gate_find(judge) : NO_INDEX,
		.redundant = redundant,
		.cut = outcome == CUT && !redundant,
	};
	*steps -= judge->steps_used < *steps ? judge->steps_used : *steps;
}
