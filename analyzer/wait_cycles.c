/* A circle for each strongly connected component of the waits that only their holders end. */
#include "wait_cycles.h"

#include <stdlib.h>

#include "scc.h"
#include "xalloc.h"

/* Steps that the search for the shortest circle may take in all. */
#define SEARCH_STEPS (1u << 26)

struct search {
	struct wait_graph *graph;
	struct digraph digraph;
	size_t *first;
	uint32_t *to;
	uint32_t *component;
	uint32_t *from, *queue; /* breadth first */
	uint64_t steps;
};

/* Whether the thread waits for its holders until they come, and for nothing else that could do. */
static bool waits_firmly(const struct waiter *waiter)
{
	return waiter->firm && (waiter->limit == WAIT_FOR_EVER || waiter->mutex != NO_INDEX);
}

static void list_edges(struct search *search)
{
	const struct wait_graph *graph = search->graph;
	size_t count = 0;

	for (uint32_t i = 0; i < graph->count; i++)
		count += graph->waiters[i].holder_count;
	search->first = xcalloc((size_t)graph->count + 1, sizeof(*search->first));
	search->to = xcalloc(count, sizeof(*search->to));
	count = 0;
	for (uint32_t i = 0; i < graph->count; i++) {
		const struct waiter *waiter = &graph->waiters[i];

		search->first[i] = count;
		for (uint32_t k = 0; waits_firmly(waiter) && k < waiter->holder_count; k++)
			if (waits_firmly(&graph->waiters[waiter->holders[k]]))
				search->to[count++] = waiter->holders[k];
	}
	search->first[graph->count] = count;
	search->digraph = (struct digraph){graph->count, search->first, search->to};
}

/* The length of the shortest circle through `start`, 0 if there is none; from[] leads back. */
static uint32_t circle_through(struct search *search, uint32_t start)
{
	uint32_t head = 0, tail = 0, length = 0, level_end = 1;

	for (uint32_t i = 0; i < search->graph->count; i++)
		search->from[i] = NO_INDEX;
	search->queue[tail++] = start;
	for (length = 1; head < tail; length++, level_end = tail) {
		for (; head < level_end; head++) {
			uint32_t at = search->queue[head];

			for (size_t e = search->first[at]; e < search->first[at + 1]; e++) {
				uint32_t next = search->to[e];

				search->steps++;
				if (search->from[next] != NO_INDEX)
					continue;
				search->from[next] = at;
				if (next == start)
					return length;
				search->queue[tail++] = next;
			}
		}
	}
	return 0;
}

/* The circle that circle_through found, from `start` on in the order of the waits. */
static void circle_fill(const struct search *search, struct wait_cycle *cycle, uint32_t start,
			uint32_t length)
{
	uint32_t at = start;

	cycle->count = length;
	cycle->waiters = xcalloc(length, sizeof(*cycle->waiters));
	while (length-- > 0) {
		at = search->from[at];
		cycle->waiters[length] = at;
	}
}

/* Whoever waits for one of them, or for such a one. */
static void list_stuck(const struct wait_graph *graph, struct wait_cycle *cycle)
{
	bool *stuck = xcalloc(graph->count, sizeof(*stuck));
	bool more = true;

	cycle->stuck = xcalloc(graph->count, sizeof(*cycle->stuck));
	for (uint32_t i = 0; i < cycle->count; i++)
		stuck[cycle->waiters[i]] = true;
	while (more) {
		more = false;
		for (uint32_t i = 0; i < graph->count; i++) {
			const struct waiter *waiter = &graph->waiters[i];

			for (uint32_t k = 0;
			     !stuck[i] && waits_firmly(waiter) && k < waiter->holder_count; k++) {
				if (!stuck[waiter->holders[k]])
					continue;
				stuck[i] = more = true;
				cycle->stuck[cycle->stuck_count++] = i;
			}
		}
	}
	free(stuck);
}

static void add_circle(struct search *search, uint32_t component)
{
	struct wait_graph *graph = search->graph;
	struct wait_cycle *cycle;
	uint32_t best = NO_INDEX, shortest = NO_INDEX, length;

	for (uint32_t i = 0; i < graph->count && shortest > 1; i++) {
		if (search->component[i] != component ||
		    (best != NO_INDEX && search->steps > SEARCH_STEPS))
			continue;
		length = circle_through(search, i);
		if (!length || length >= shortest)
			continue;
		shortest = length;
		best = i;
	}
	if (best == NO_INDEX)
		return;
	graph->cycles = xreallocarray(graph->cycles, (size_t)graph->cycle_count + 1,
				      sizeof(*graph->cycles));
	cycle = &graph->cycles[graph->cycle_count++];
	*cycle = (struct wait_cycle){.count = 0};
	circle_fill(search, cycle, best, circle_through(search, best));
	list_stuck(graph, cycle);
}

/* Whether a component is more than a thread that waits for none of it. */
static bool *find_circular(const struct search *search, uint32_t components)
{
	bool *circular = xcalloc(components, sizeof(*circular));

	for (uint32_t i = 0; i < search->graph->count; i++)
		for (size_t e = search->first[i]; e < search->first[i + 1]; e++)
			if (search->component[search->to[e]] == search->component[i])
				circular[search->component[i]] = true;
	return circular;
}

void wait_cycles_find(struct wait_graph *graph)
{
	struct search search = {.graph = graph};
	uint32_t components;
	bool *circular;

	if (!graph->count)
		return;
	list_edges(&search);
	search.component = xcalloc(graph->count, sizeof(*search.component));
	search.from = xcalloc(graph->count, sizeof(*search.from));
	search.queue = xcalloc(graph->count, sizeof(*search.queue));
	components = scc_find(&search.digraph, search.component);
	circular = find_circular(&search, components);
	for (uint32_t i = 0; i < graph->count; i++) {
		if (!circular[search.component[i]])
			continue;
		circular[search.component[i]] = false;
		add_circle(&search, search.component[i]);
	}
	free(circular);
	free(search.first);
	free(search.to);
	free(search.component);
	free(search.from);
	free(search.queue);
}
