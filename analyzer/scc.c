/* Tarjan's algorithm with its own stack of half-visited vertices. */
#include "scc.h"
#include "xalloc.h"
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

#define UNSEEN 0u /* visiting numbers start at 1 */

struct tarjan {
	const struct digraph *graph;
	uint32_t *component;
	uint32_t *number; /* order of first visit */
	uint32_t *low;	  /* lowest number reachable through at most one back edge */
	size_t *next;	  /* the next successor to look at */
	uint32_t *open;	  /* visited, not yet in a component */
	uint32_t *path;	  /* the vertices being visited, from the root */
	bool *is_open;
	uint32_t open_count, path_count;
	uint32_t visited, found;
};

static void enter(struct tarjan *state, uint32_t vertex)
{
	state->number[vertex] = state->low[vertex] = ++state->visited;
	state->next[vertex] = state->graph->first[vertex];
	state->open[state->open_count++] = vertex;
	state->is_open[vertex] = true;
	state->path[state->path_count++] = vertex;
}

static void lower(uint32_t *low, uint32_t value)
{
	if (value < *low)
		*low = value;
}

static void leave(struct tarjan *state, uint32_t vertex)
{
	state->path_count--;
	if (state->path_count > 0)
		lower(&state->low[state->path[state->path_count - 1]], state->low[vertex]);
	if (state->low[vertex] != state->number[vertex])
		return;
	uint32_t member;
	do {
		member = state->open[--state->open_count];
		state->is_open[member] = false;
		state->component[member] = state->found;
	} while (member != vertex);
	state->found++;
}

static void visit_from(struct tarjan *state, uint32_t root)
{
	enter(state, root);
	while (state->path_count > 0) {
		uint32_t vertex = state->path[state->path_count - 1];
		if (state->next[vertex] == state->graph->first[vertex + 1]) {
			leave(state, vertex);
			continue;
		}
		uint32_t to = state->graph->to[state->next[vertex]++];
		assert(to < state->graph->vertex_count);
		if (state->number[to] == UNSEEN)
			enter(state, to);
		else if (state->is_open[to])
			lower(&state->low[vertex], state->number[to]);
	}
}

uint32_t scc_find(const struct digraph *graph, uint32_t *component)
{
	size_t count = graph->vertex_count;
	struct tarjan state = {
		.graph = graph,
		.component = component,
		.number = xcalloc(count + 1, sizeof(uint32_t)),
		.low = xcalloc(count + 1, sizeof(uint32_t)),
		.next = xcalloc(count + 1, sizeof(size_t)),
		.open = xcalloc(count + 1, sizeof(uint32_t)),
		.path = xcalloc(count + 1, sizeof(uint32_t)),
		.is_open = xcalloc(count + 1, sizeof(bool)),
	};
	for (uint32_t vertex = 0; vertex < count; vertex++)
		if (state.number[vertex] == UNSEEN)
			visit_from(&state, vertex);
	free(state.number);
	free(state.low);
	free(state.next);
	free(state.open);
	free(state.path);
	free(state.is_open);
	return state.found;
}
