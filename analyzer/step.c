/* Takes an acquisition's path apart. */
#include "step.h"
#include "tries.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

struct finding_hold step_hold(const struct graph *graph, uint32_t node)
{
	const struct node *taken = &graph->model->nodes[node];
	return (struct finding_hold){
		.lock = taken->lock,
		.op = taken->op,
		.stack = taken->stack,
		.meaning = graph_meaning(graph, node),
		.refused =
			taken->implied && !(op_flags(taken->op) & (TRACE_OP_TRY | TRACE_OP_TIMED)),
	};
}

/* All that a node's path holds, outermost first; a lock that stands there twice, where it was taken
 * first. */
static void holds_fill(struct finding_step *step, const struct graph *graph, uint32_t node,
		       uint32_t held)
{
	const struct model *model = graph->model;
	const struct held_set *set = graph_held(graph, node);
	uint32_t *outermost = xcalloc(set->count, sizeof(*outermost));
	step->holds = xcalloc(set->count, sizeof(*step->holds));
	for (uint32_t at = model->nodes[node].parent; at != NO_INDEX;
	     at = model->nodes[at].parent) {
		uint32_t index = held_set_index(graph, set, model->nodes[at].lock);
		if (index != NO_INDEX)
			outermost[index] = at;
	}
	size_t free_slot = set->count;
	for (uint32_t at = model->nodes[node].parent; at != NO_INDEX;
	     at = model->nodes[at].parent) {
		uint32_t index = held_set_index(graph, set, model->nodes[at].lock);
		uint32_t lock = model->nodes[at].lock;
		if (index != NO_INDEX && outermost[index] == at &&
		    (lock == held || !graph_is_end(graph, lock)))
			step->holds[--free_slot] = step_hold(graph, at);
	}
	step->hold_count = set->count - free_slot;
	memmove(step->holds, step->holds + free_slot, step->hold_count * sizeof(*step->holds));
	free(outermost);
}

void step_fill(struct finding_step *step, const struct graph *graph, uint32_t node, uint64_t count,
	       uint32_t held)
{
	step->thread = graph->model->nodes[node].thread;
	step->wants = step_hold(graph, node);
	step->count = count;
	holds_fill(step, graph, node, held);
}

void finding_show_moves(struct finding *finding, const struct graph *graph,
			const struct witness_move *moves, size_t count)
{
	finding->witness = xcalloc(count, sizeof(*finding->witness));
	finding->witness_count = count;
	for (size_t i = 0; i < count; i++)
		finding->witness[i] = (struct finding_move){
			.thread = graph->model->nodes[moves[i].node].thread,
			.hold = step_hold(graph, moves[i].node),
			.waits = moves[i].waits,
		};
}

void step_count_thread(struct finding *finding, const struct finding_step *step)
{
	for (size_t i = 0; i < finding->thread_count; i++)
		if (finding->threads[i] == step->thread)
			return;
	finding->threads[finding->thread_count++] = step->thread;
}
