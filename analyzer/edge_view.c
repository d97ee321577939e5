/* Sorts an edge's nodes so that equal ones are neighbours, and folds them. */
#include "edge_view.h"
#include "compare.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Creators, and joiners, that are followed from a thread. */
#define MAX_GENERATIONS 64

#define CLASS_FLAGS (TRACE_OP_TRY | TRACE_OP_TIMED | TRACE_OP_SHARED)

struct candidate {
	struct member member;
	uint32_t want_place, hold_place;
	unsigned flags;
	const struct held_set *held;
};

struct viewer {
	const struct graph *graph;
	struct places *places;
	uint32_t anchor;
};

/* The anchor's epoch after which a thread began: when it, or one it descends from, was created. */
static int64_t begin_of(const struct viewer *viewer, uint32_t thread)
{
	const struct thread *threads = viewer->graph->model->threads;
	for (int i = 0; i < MAX_GENERATIONS; i++) {
		uint32_t creator = threads[thread].creator;
		if (creator == NO_INDEX || threads[thread].state & TRACE_THREAD_FOREIGN)
			break;
		if (creator == viewer->anchor)
			return threads[thread].create_epoch;
		thread = creator;
	}
	return BEFORE_ALL;
}

/* The anchor's epoch before which a thread ended: when it, or one that joined it, was joined. */
static int64_t end_of(const struct viewer *viewer, uint32_t thread)
{
	const struct thread *threads = viewer->graph->model->threads;
	for (int i = 0; i < MAX_GENERATIONS; i++) {
		uint32_t joiner = threads[thread].joined_by;
		if (joiner == NO_INDEX || !(threads[thread].state & TRACE_THREAD_JOINED))
			break;
		if (joiner == viewer->anchor)
			return threads[thread].join_epoch;
		thread = joiner;
	}
	return AFTER_ALL;
}

/* Where a node lies on the anchor's time line: its own epochs, or the thread's whole life. */
static void interval_find(const struct viewer *viewer, struct member *member)
{
	const struct model *model = viewer->graph->model;
	const struct node *node = &model->nodes[member->node];
	if (viewer->anchor == NO_INDEX || node->thread != viewer->anchor) {
		member->from = begin_of(viewer, node->thread);
		member->to = end_of(viewer, node->thread);
		return;
	}
	/* In which order it did its tasks says nothing. */
	if (model->threads[node->thread].tasks) {
		member->from = BEFORE_ALL;
		member->to = AFTER_ALL;
		return;
	}
	for (uint32_t i = 0; i < node->span_count; i++) {
		const struct span *span = &model->spans[node->first_span + i];
		if (i == 0 || span->first < member->from)
			member->from = span->first;
		if (i == 0 || span->last > member->to)
			member->to = span->last;
	}
}

static void candidate_init(const struct viewer *viewer, struct candidate *candidate, uint32_t node,
			   uint32_t held)
{
	const struct model *model = viewer->graph->model;
	const struct node *wanted = &model->nodes[node];
	uint32_t holder = graph_holder(model, node, held);
	candidate->member = (struct member){
		.node = node,
		.holder = holder,
		.thread = wanted->thread,
		.count = wanted->count,
	};
	candidate->want_place = places_of(viewer->places, wanted->stack);
	candidate->hold_place = places_of(viewer->places, model->nodes[holder].stack);
	candidate->flags = graph_flags(viewer->graph, node) & CLASS_FLAGS;
	candidate->held = graph_held(viewer->graph, node);
	interval_find(viewer, &candidate->member);
}

/* The entry of the set at *at or after it that is no end of a thread, plus 1; 0: none is left. */
static uint64_t next_entry(const struct graph *graph, const struct held_set *set, uint32_t *at)
{
	while (*at < set->count) {
		uint32_t entry = graph->entries[set->first + (*at)++];
		if (!graph_is_end(graph, held_lock(entry)))
			return (uint64_t)entry + 1;
	}
	return 0;
}

/* Each thread holds its own end, and nobody else does: that makes no classes. */
static int compare_sets(const struct graph *graph, const struct held_set *a,
			const struct held_set *b)
{
	uint32_t i = 0, j = 0;
	uint64_t x, y;
	if (a == b || a->hash != b->hash)
		return compare_numbers(a->hash, b->hash);
	if (a->owners != b->owners)
		return compare_numbers(a->owners, b->owners);
	do {
		x = next_entry(graph, a, &i);
		y = next_entry(graph, b, &j);
	} while (x && x == y);
	return compare_numbers(x, y);
}

static int compare_classes(const struct viewer *viewer, const struct candidate *a,
			   const struct candidate *b)
{
	int order = places_compare(viewer->places, a->want_place, b->want_place);
	if (!order)
		order = places_compare(viewer->places, a->hold_place, b->hold_place);
	if (!order)
		order = compare_numbers(a->flags, b->flags);
	return order ? order : compare_sets(viewer->graph, a->held, b->held);
}

/* Equal for members that nothing about order can tell apart. */
static int compare_epochs(const struct model *model, const struct member *a, const struct member *b)
{
	const struct node *x = &model->nodes[a->node], *y = &model->nodes[b->node];
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->thread != b->thread || x->span_count != y->span_count)
		return a->thread != b->thread ? compare_numbers(a->thread, b->thread)
					      : compare_numbers(x->span_count, y->span_count);
	return x->span_count == 0
		       ? 0
		       : memcmp(&model->spans[x->first_span], &model->spans[y->first_span],
				x->span_count * sizeof(*model->spans));
}

static int compare_candidates(const void *left, const void *right, void *context)
{
	const struct viewer *viewer = context;
	const struct candidate *a = left, *b = right;
	int order = compare_classes(viewer, a, b);
	if (!order)
		order = compare_epochs(viewer->graph->model, &a->member, &b->member);
	if (!order) /* the most frequent first: it stands for the others */
		order = compare_numbers(b->member.count, a->member.count);
	return order ? order : compare_numbers(a->member.node, b->member.node);
}

static void class_begin(const struct viewer *viewer, struct edge_view *view,
			const struct candidate *candidate)
{
	uint32_t held = viewer->graph->edges[view->edge].held;
	uint32_t index = held_set_index(viewer->graph, candidate->held, held);
	view->classes[view->class_count++] = (struct member_class){
		.first = view->member_count,
		.want_place = candidate->want_place,
		.hold_place = candidate->hold_place,
		.flags = candidate->flags,
		.held_shared = held_shared(viewer->graph->entries[candidate->held->first + index]),
		.held = candidate->held,
	};
}

static void member_add(struct edge_view *view, const struct member *member)
{
	struct member_class *class = &view->classes[view->class_count - 1];
	struct member *added = &view->members[view->member_count++];
	*added = *member;
	added->reach = member->to;
	if (class->count > 0 && added[-1].reach > added->reach)
		added->reach = added[-1].reach;
	class->count++;
}

static void fold(const struct viewer *viewer, struct edge_view *view,
		 const struct candidate *candidates, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct candidate *candidate = &candidates[i];
		bool new_class = i == 0 || compare_classes(viewer, candidate - 1, candidate) != 0;
		if (new_class)
			class_begin(viewer, view, candidate);
		if (new_class || compare_epochs(viewer->graph->model, &candidate[-1].member,
						&candidate->member) != 0)
			member_add(view, &candidate->member);
		else
			view->members[view->member_count - 1].count += candidate->member.count;
	}
}

struct edge_view *edge_view_new(const struct graph *graph, size_t edge, struct places *places,
				uint32_t anchor)
{
	struct viewer viewer = {graph, places, anchor};
	const struct graph_edge *from = &graph->edges[edge];
	struct candidate *candidates = xcalloc(from->count, sizeof(*candidates));
	for (uint32_t i = 0; i < from->count; i++)
		candidate_init(&viewer, &candidates[i], graph->edge_nodes[from->first + i],
			       from->held);
	qsort_r(candidates, from->count, sizeof(*candidates), compare_candidates, &viewer);
	struct edge_view *view = xcalloc(1, sizeof(*view));
	view->edge = edge;
	view->classes = xcalloc(from->count, sizeof(*view->classes));
	view->members = xcalloc(from->count, sizeof(*view->members));
	fold(&viewer, view, candidates, from->count);
	free(candidates);
	return view;
}

void edge_view_free(struct edge_view *view)
{
	free(view->classes);
	free(view->members);
	free(view);
}
