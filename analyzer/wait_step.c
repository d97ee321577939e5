#include "wait_step.h"

#include "fingerprint.h"
#include "xalloc.h"

static void fill_holds(struct finding_step *step, const struct wait_graph *graph,
		       const struct waiter *waiter)
{
	const struct model *model = graph->model;

	step->holds = xcalloc(waiter->depth, sizeof(*step->holds));
	for (uint32_t i = 0; i < waiter->depth; i++) {
		uint32_t node = waiter->held->nodes[i];

		if (node == NO_INDEX || node_is_ordering(model, &model->nodes[node]))
			continue;
		step->holds[step->hold_count++] = (struct finding_hold){
			.lock = model->nodes[node].lock,
			.op = model->nodes[node].op,
			.stack = model->nodes[node].stack,
		};
	}
}

void wait_step_fill(struct finding_step *step, const struct wait_graph *graph,
		    const struct waiter *waiter, uint32_t wanted)
{
	step->thread = waiter->thread;
	step->wants = (struct finding_hold){
		.lock = wanted,
		.op = wanted == waiter->lock ? waiter->op : waiter_wanted_op(waiter),
		.stack = waiter->stack,
	};
	step->count = 1;
	step->waits = true;
	step->since_ns = waiter->since_ns;
	step->waited_ns = waiter->waited_ns;
	fill_holds(step, graph, waiter);
}

void wait_list_add(uint32_t *list, size_t *count, uint32_t index)
{
	for (size_t i = 0; i < *count; i++)
		if (list[i] == index)
			return;
	if (index != NO_INDEX)
		list[(*count)++] = index;
}

uint64_t wait_print_place(struct names *names, uint64_t print, uint32_t stack)
{
	const char *place = stack == NO_INDEX ? NULL : names_place_text(names, stack);

	return fingerprint_text(print, place ? place : "?");
}

bool waiters_apart(const struct wait_graph *graph, const uint32_t *waiters, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++)
		if (threads_apart(graph->model, graph->waiters[waiters[0]].thread,
				  graph->waiters[waiters[i]].thread))
			return true;
	return false;
}

void wait_tell_thread(FILE *out, struct names *names, const struct model *model, uint32_t thread,
		      bool apart)
{
	fputs(names_thread(names, thread), out);
	if (apart)
		fprintf(out, " of process %u",
			model->processes[model->threads[thread].process].pid);
}
