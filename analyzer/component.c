/* Takes a component out of the graph. */
#include "component.h"
#include "bisect.h"
#include "compare.h"
#include "xalloc.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where a lock's edges end that leave it, in the graph. */
static size_t edges_end(const struct component *component, uint32_t number)
{
	return component->graph->first_edge[component->locks[number] + 1];
}

static size_t edges_begin(const struct component *component, uint32_t number)
{
	return component->graph->first_edge[component->locks[number]];
}

static void successors_list(struct component *component)
{
	const struct graph *graph = component->graph;
	uint32_t mine = graph->component_of[component->locks[0]];
	size_t most = 0;
	for (uint32_t i = 0; i < component->lock_count; i++)
		most += edges_end(component, i) - edges_begin(component, i);
	component->first = xcalloc(component->lock_count + 1, sizeof(*component->first));
	component->to = xcalloc(most, sizeof(*component->to));
	component->graph_edges = xcalloc(most, sizeof(*component->graph_edges));
	for (uint32_t i = 0; i < component->lock_count; i++) {
		for (size_t e = edges_begin(component, i); e < edges_end(component, i); e++) {
			uint32_t wanted = graph->edges[e].wanted;
			if (graph->component_of[wanted] != mine)
				continue;
			const uint32_t *found =
				bsearch(&wanted, component->locks, component->lock_count,
					sizeof(wanted), compare_u32);
			component->graph_edges[component->edge_count] = e;
			component->to[component->edge_count++] = found - component->locks;
		}
		component->first[i + 1] = component->edge_count;
	}
}

static void predecessors_list(struct component *component)
{
	uint32_t count = component->lock_count;
	/* back_first[v + 1] is where the next predecessor of v goes, and ends up as v's end. */
	uint32_t *first = xcalloc(count + 2, sizeof(*first));
	component->back = xcalloc(component->edge_count, sizeof(*component->back));
	for (uint32_t e = 0; e < component->edge_count; e++)
		first[component->to[e] + 2]++;
	for (uint32_t i = 2; i <= count; i++)
		first[i] += first[i - 1];
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t e = component->first[i]; e < component->first[i + 1]; e++)
			component->back[first[component->to[e] + 1]++] = i;
	component->back_first = first;
}

void component_init(struct component *component, const struct graph *graph, size_t index)
{
	*component = (struct component){
		.graph = graph,
		.locks = &graph->component_locks[graph->components[index].first],
		.lock_count = graph->components[index].count,
	};
	successors_list(component);
	predecessors_list(component);
	component->sets = xcalloc(component->edge_count, sizeof(*component->sets));
}

void component_release(struct component *component)
{
	for (uint32_t e = 0; e < component->edge_count; e++)
		free(component->sets[e].sets);
	free(component->sets);
	free(component->first);
	free(component->to);
	free(component->back_first);
	free(component->back);
	free(component->graph_edges);
}

uint32_t component_edge(const struct component *component, uint32_t from, uint32_t to)
{
	uint32_t first = component->first[from], count = component->first[from + 1] - first;
	const uint32_t *found = bsearch(&to, &component->to[first], count, sizeof(to), compare_u32);
	assert(found);
	return found - component->to;
}

uint32_t component_edge_from(const struct component *component, uint32_t edge)
{
	return BISECT(1, component->lock_count, i, component->first[i] <= edge) - 1;
}

static bool sets_have(const struct graph *graph, const struct edge_sets *sets,
		      const struct held_set *set)
{
	for (uint32_t i = sets->count; i-- > 0;)
		if (held_sets_equal(graph, sets->sets[i], set))
			return true;
	return false;
}

const struct edge_sets *component_edge_sets(struct component *component, uint32_t edge)
{
	struct edge_sets *sets = &component->sets[edge];
	const struct graph *graph = component->graph;
	const struct graph_edge *acquired = &graph->edges[component->graph_edges[edge]];
	if (sets->known)
		return sets;
	const struct held_set *found[EDGE_MAX_SETS];
	sets->known = true;
	sets->sets = found;
	for (uint32_t i = 0; i < acquired->count && !sets->many; i++) {
		const struct held_set *set =
			graph_held(graph, graph->edge_nodes[acquired->first + i]);
		if (sets_have(graph, sets, set))
			continue;
		if (sets->count == EDGE_MAX_SETS)
			sets->many = true;
		else
			found[sets->count++] = set;
	}
	if (sets->many)
		sets->count = 0;
	sets->sets = xmalloc(sets->count * sizeof(*sets->sets));
	memcpy(sets->sets, found, sets->count * sizeof(*sets->sets));
	return sets;
}

uint32_t component_threads(const struct component *component, uint32_t enough)
{
	const struct graph *graph = component->graph;
	uint32_t *threads = xcalloc(enough, sizeof(*threads)), count = 0;
	for (uint32_t e = 0; count < enough && e < component->edge_count; e++) {
		const struct graph_edge *edge = &graph->edges[component->graph_edges[e]];
		for (uint32_t n = 0; count < enough && n < edge->count; n++) {
			uint32_t node = graph->edge_nodes[edge->first + n];
			uint32_t thread = graph->model->nodes[node].thread;
			if (graph->model->threads[thread].tasks)
				count = enough;
			if (count == enough ||
			    bsearch(&thread, threads, count, sizeof(thread), compare_u32))
				continue;
			threads[count++] = thread;
			qsort(threads, count, sizeof(*threads), compare_u32);
		}
	}
	free(threads);
	return count;
}
