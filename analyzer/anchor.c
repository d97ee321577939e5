/* Two passes over the creators: a vote for one, then whether it has the majority. */
#include "anchor.h"

/* What anchor_find asks about the creators of threads: a vote, and how many there are. */
struct ballot {
	uint32_t candidate;
	size_t lead;
	size_t votes, voters;
};

/* Boyer and Moore's majority vote; then, with count, whether it was one. */
static void ballot_add(struct ballot *ballot, uint32_t creator, bool count)
{
	if (count) {
		ballot->voters++;
		ballot->votes += creator == ballot->candidate;
		return;
	}
	if (ballot->lead == 0)
		ballot->candidate = creator;
	ballot->lead += creator == ballot->candidate ? 1 : -1;
}

/* Adds the creators of all threads that acquire something in the component. */
static void ballot_hold(struct ballot *ballot, const struct graph *graph, uint32_t component,
			bool count)
{
	const struct graph_component *mine = &graph->components[component];
	for (uint32_t i = 0; i < mine->count; i++) {
		uint32_t lock = graph->component_locks[mine->first + i];
		size_t begin = graph->first_edge[lock], end = graph->first_edge[lock + 1];
		for (size_t e = begin; e < end; e++)
			for (uint32_t n = 0; n < graph->edges[e].count; n++) {
				uint32_t node = graph->edge_nodes[graph->edges[e].first + n];
				uint32_t thread = graph->model->nodes[node].thread;
				ballot_add(ballot, graph->model->threads[thread].creator, count);
			}
	}
}

uint32_t anchor_find(const struct graph *graph, uint32_t component)
{
	const struct model *model = graph->model;
	struct ballot ballot = {.candidate = NO_INDEX};
	ballot_hold(&ballot, graph, component, false);
	ballot_hold(&ballot, graph, component, true);
	if (ballot.candidate != NO_INDEX && ballot.votes > ballot.voters / 2)
		return ballot.candidate;
	uint32_t lock = graph->component_locks[graph->components[component].first];
	for (uint32_t thread = 0; thread < model->thread_count; thread++)
		if (model->threads[thread].process == model->locks[lock].process &&
		    model->threads[thread].state & TRACE_THREAD_MAIN)
			return thread;
	return NO_INDEX;
}
