#include "wait_enders.h"

const struct wait_enders *waiter_enders(const struct wait_graph *graph, const struct waiter *waiter)
{
	const struct wait_enders *enders =
		graph->facts && graph->facts->enders ? &graph->facts->enders[waiter->thread] : NULL;

	return enders && enders->count && waiter->limit != WAIT_NOT ? enders : NULL;
}

/* The only thread of a process. NO_INDEX: there are others. */
static uint32_t sole_waiter(const struct wait_graph *graph, uint32_t process)
{
	uint32_t found = NO_INDEX;

	if (graph->facts && graph->facts->others && graph->facts->others[process])
		return NO_INDEX;
	for (uint32_t i = 0; i < graph->count; i++) {
		if (graph->model->threads[graph->waiters[i].thread].process != process)
			continue;
		if (found != NO_INDEX)
			return NO_INDEX;
		found = i;
	}
	return found;
}

/* The child that is waited for, as the traces say. NO_INDEX: it has ended, or is not recorded. */
static uint32_t awaited_child(const struct model *model, const struct waiter *waiter)
{
	const struct process *parent = &model->processes[model->threads[waiter->thread].process];
	uint64_t address = waiter->lock == NO_INDEX ? 0 : model->locks[waiter->lock].address;
	uint32_t found = NO_INDEX;

	for (uint32_t i = 0; i < model->process_count; i++) {
		const struct process *child = &model->processes[i];

		if (TRACE_CHILD_ADDRESS(child->pid) == address &&
		    child->parent_pid == parent->pid && child->end != TRACE_END_exec)
			found = process_ended(child) ? NO_INDEX : i;
	}
	return found;
}

static bool is_running(const struct wait_graph *graph, const struct waiter *waiter)
{
	uint32_t process = graph->model->threads[waiter->thread].process;

	return graph->facts && graph->facts->processes &&
	       graph->facts->processes[process] >= PROCESS_RUNS;
}

/* The only process that can end the wait. NO_INDEX: none, or several. */
static uint32_t sole_process(const struct wait_graph *graph, const struct waiter *waiter)
{
	const struct wait_enders *enders = waiter_enders(graph, waiter);

	if (enders)
		return enders->count == 1 ? enders->processes[0] : NO_INDEX;
	/* While it runs, the kernel would tell. */
	if (op_kind(waiter->op) != TRACE_LOCK_process || is_running(graph, waiter))
		return NO_INDEX;
	return awaited_child(graph->model, waiter);
}

/* Whether a child may end though all its threads wait: by an alarm, or in a handler. */
static bool may_end(const struct model *model, uint32_t process)
{
	const uint64_t harmless = CRASH_SIGNALS | END_SIGNALS | UINT64_C(1) << (SIGCHLD - 1);
	const struct process *child = &model->processes[process];

	return child->alarms || child->handlers & ~(child->by_runtime | harmless);
}

static bool any_may_end(const struct wait_graph *graph, const struct waiter *waiter)
{
	const struct wait_enders *enders = waiter_enders(graph, waiter);
	uint32_t child = enders ? NO_INDEX : sole_process(graph, waiter);

	for (uint32_t i = 0; enders && i < enders->count; i++)
		if (may_end(graph->model, enders->processes[i]))
			return true;
	return child != NO_INDEX && may_end(graph->model, child);
}

bool waiter_may_be_interrupted(const struct wait_graph *graph, const struct waiter *waiter)
{
	const struct model *model = graph->model;
	const struct process *process = &model->processes[model->threads[waiter->thread].process];
	const struct wait_enders *enders = waiter_enders(graph, waiter);
	enum trace_lock_kind kind = op_kind(waiter->op);
	uint64_t others = ~(process->by_runtime | CRASH_SIGNALS | END_SIGNALS);

	if (kind != TRACE_LOCK_file && kind != TRACE_LOCK_process)
		return false;
	if (kind == TRACE_LOCK_process && (process->alarms || any_may_end(graph, waiter)))
		return true;
	/* It comes when the wait is over. */
	if (enders && enders->all_children)
		others &= ~(UINT64_C(1) << (SIGCHLD - 1));
	return process->handlers & others;
}

uint32_t wait_sole_ender(const struct wait_graph *graph, const struct waiter *waiter)
{
	uint32_t process = sole_process(graph, waiter);

	return process == NO_INDEX ? NO_INDEX : sole_waiter(graph, process);
}
