/* Answers from a graph that is made. */
#include "bisect.h"
#include "file_owner.h"
#include "graph.h"
#include "tries.h"
#include <assert.h>
#include <string.h>

const struct held_set held_nothing;

unsigned char graph_meaning(const struct graph *graph, uint32_t node)
{
	return graph->tries && node < graph->given ? graph->tries[node] : TRY_ONLY;
}

unsigned graph_flags(const struct graph *graph, uint32_t node)
{
	return try_flags(graph->model->nodes[node].op, graph_meaning(graph, node));
}

const struct held_set *graph_held(const struct graph *graph, uint32_t node)
{
	uint32_t parent = graph->model->nodes[node].parent;
	if (parent == NO_INDEX)
		return &held_nothing;
	uint32_t set = graph->set_of[parent];
	assert(set != NO_INDEX);
	return &graph->sets[set];
}

/* Where the writers of `lock` begin, or would. */
static size_t writers_begin(const struct graph *graph, uint32_t lock)
{
	return BISECT(0, graph->writer_count, i,
		      graph->model->nodes[graph->writers[i]].lock < lock);
}

const uint32_t *graph_writers(const struct graph *graph, uint32_t lock, size_t *count)
{
	size_t first = writers_begin(graph, lock);
	*count = writers_begin(graph, lock + 1) - first;
	return &graph->writers[first];
}

bool held_sets_equal(const struct graph *graph, const struct held_set *a, const struct held_set *b)
{
	return a == b || (a->hash == b->hash && a->owners == b->owners && a->count == b->count &&
			  memcmp(&graph->entries[a->first], &graph->entries[b->first],
				 a->count * sizeof(*graph->entries)) == 0);
}

uint32_t held_sets_gate(const struct graph *graph, const struct held_set *a,
			const struct held_set *b)
{
	const struct lock *locks = graph->model->locks;
	const uint32_t *x = &graph->entries[a->first], *x_end = x + a->count;
	const uint32_t *y = &graph->entries[b->first], *y_end = y + b->count;
	while (x < x_end && y < y_end) {
		if (held_lock(*x) < held_lock(*y))
			x++;
		else if (held_lock(*x) > held_lock(*y))
			y++;
		else if ((!held_shared(*x) || !held_shared(*y)) &&
			 locks[held_lock(*x)].kind != TRACE_LOCK_thread &&
			 locks[held_lock(*x)].kind != TRACE_LOCK_file &&
			 !locks[held_lock(*x)].given_back_by_others)
			return held_lock(*x);
		else
			x++, y++;
	}
	return NO_INDEX;
}

uint32_t nodes_gate(const struct graph *graph, uint32_t a, uint32_t b)
{
	const struct held_set *x = graph_held(graph, a), *y = graph_held(graph, b);
	uint32_t gate = held_sets_gate(graph, x, y);
	if (gate != NO_INDEX || !x->owners || !y->owners)
		return gate;
	return nodes_file_gate(graph->model, a, b);
}

uint32_t held_set_index(const struct graph *graph, const struct held_set *set, uint32_t lock)
{
	const uint32_t *entries = &graph->entries[set->first];
	uint32_t low = BISECT(0, set->count, i, held_lock(entries[i]) < lock);
	return low < set->count && held_lock(entries[low]) == lock ? low : NO_INDEX;
}

const struct graph_edge *graph_edge_find(const struct graph *graph, uint32_t held, uint32_t wanted)
{
	size_t end = graph->first_edge[held + 1];
	size_t low = BISECT(graph->first_edge[held], end, i, graph->edges[i].wanted < wanted);
	return low < end && graph->edges[low].wanted == wanted ? &graph->edges[low] : NULL;
}

uint32_t graph_holder(const struct model *model, uint32_t node, uint32_t lock)
{
	uint32_t holder = NO_INDEX;
	for (uint32_t at = model->nodes[node].parent; at != NO_INDEX; at = model->nodes[at].parent)
		if (model->nodes[at].lock == lock)
			holder = at;
	return holder;
}
