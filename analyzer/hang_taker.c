#include "hang_taker.h"

#include "file_owner.h"

bool hang_is_left_locked(const struct wait_graph *graph, uint32_t index)
{
	const struct waiter *waiter = &graph->waiters[index];

	return op_kind(waiter->op) == TRACE_LOCK_file && !waiter->holder_count &&
	       waiter_enders(graph, waiter);
}

static bool is_one_of(const struct wait_enders *enders, uint32_t process)
{
	for (uint32_t i = 0; i < enders->count; i++)
		if (enders->processes[i] == process)
			return true;
	return false;
}

void hang_find_taker(const struct wait_graph *graph, uint32_t index, struct orphan *orphan)
{
	const struct waiter *waiter = &graph->waiters[index];
	const struct wait_enders *enders = waiter_enders(graph, waiter);
	const struct model *model = graph->model;
	struct orphan found = {.lock = waiter->lock, .thread = NO_INDEX};

	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		const struct thread *thread = &model->threads[node->thread];

		if (node->lock != waiter->lock || !node->count ||
		    !is_one_of(enders, thread->process) ||
		    !lock_excludes(model, node->taken, waiter->taken))
			continue;
		if (!(thread->state & TRACE_THREAD_ENDED) || thread->alike ||
		    (found.thread != NO_INDEX && found.thread != node->thread))
			return;
		found.thread = node->thread;
		found.stack = node->stack;
		found.op = node->op;
	}
	if (found.thread != NO_INDEX)
		*orphan = found;
}
