/* Waits that others than their holders can end: semaphores are posted, and waits cancelled. */
#include "wait_ends.h"

#include <stdlib.h>

#include "xalloc.h"

static bool is_stuck_alone(const struct waiter *waiter)
{
	enum trace_lock_kind kind = op_kind(waiter->op);

	return waiter->limit == WAIT_FOR_EVER &&
	       (waiter->holder_count || kind == TRACE_LOCK_condition ||
		kind == TRACE_LOCK_barrier || kind == TRACE_LOCK_semaphore ||
		kind == TRACE_LOCK_process || (kind == TRACE_LOCK_futex && waiter->blocked));
}

static bool has_gone(const struct process *process)
{
	return process->end != TRACE_END_running && process->end != TRACE_END_signal;
}

/* For each process whether somebody in it may still post a semaphore; *any: in one that is there.
 */
static bool *find_posters(const struct wait_graph *graph, bool *any)
{
	const struct model *model = graph->model;
	bool *posters = xcalloc(model->process_count, sizeof(*posters));

	*any = graph->facts && graph->facts->strangers;
	for (uint32_t i = 0; i < graph->count; i++)
		if (!is_stuck_alone(&graph->waiters[i]))
			posters[model->threads[graph->waiters[i].thread].process] = true;
	for (uint32_t i = 0; i < model->process_count; i++) {
		posters[i] |= graph->facts && graph->facts->others && graph->facts->others[i];
		*any |= posters[i] && !has_gone(&model->processes[i]);
	}
	return posters;
}

/*
 * When all threads of a process wait, nobody is left to post its semaphores but their takers: then
 * they are the ones that are waited for. A semaphore in shared memory is every process's. One that
 * waits for what it took itself is left out: that is a token that did not come, and no circle.
 */
static void close_semaphores(struct wait_graph *graph)
{
	const struct model *model = graph->model;
	bool any, *posters = find_posters(graph, &any);

	for (uint32_t i = 0; i < graph->count; i++) {
		struct waiter *waiter = &graph->waiters[i];
		const struct lock *lock;

		if (!waiter->holder_count || waiter->holders[0] == i || waiter->lock == NO_INDEX ||
		    op_kind(waiter->op) != TRACE_LOCK_semaphore)
			continue;
		lock = &model->locks[waiter->lock];
		if (!(lock->flags & TRACE_LOCK_OPENED && lock_is_open(lock)) &&
		    !(lock->flags & (TRACE_LOCK_SHARED | TRACE_LOCK_OPENED) && any) &&
		    !posters[model->threads[waiter->thread].process])
			waiter->firm = true;
	}
	free(posters);
}

/*
 * glibc (2.4 and later): flock is none, nor is what GLib makes of futexes. A condition wait is one,
 * but takes its mutex again first.
 */
static bool is_cancellation_point(const struct waiter *waiter)
{
	static const uint16_t ops[] = {TRACE_OP_sem_wait, TRACE_OP_lockf, TRACE_OP_fcntl_lock,
				       TRACE_OP_fcntl_lock_shared};

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		if (waiter->op == ops[i])
			return true;
	return waiter->target != NO_INDEX || op_kind(waiter->op) == TRACE_LOCK_process;
}

/* Whether the wait is at a point of cancellation, and other threads can cancel it. */
static bool is_cancellable(const struct model *model, const struct waiter *waiter)
{
	return is_cancellation_point(waiter) &&
	       model->threads[waiter->thread].state & TRACE_THREAD_CANCELLABLE;
}

/* Whether somebody outside the process can end the wait. */
static bool is_let_on_from_outside(const struct model *model, const struct waiter *waiter)
{
	uint32_t lock = waiter_wanted(waiter);

	return lock != NO_INDEX &&
	       (model->locks[lock].has_identity || model->locks[lock].kind == TRACE_LOCK_file ||
		model->locks[lock].flags & (TRACE_LOCK_SHARED | TRACE_LOCK_OPENED));
}

/* Whether it goes on, or may, and so may cancel others. */
static bool is_canceller(const struct model *model, const struct waiter *waiter)
{
	return !is_stuck_alone(waiter) || is_let_on_from_outside(model, waiter);
}

/* How many in each process there are of them; some of the threads may not be known. */
static uint32_t *count_cancellers(const struct wait_graph *graph)
{
	const struct model *model = graph->model;
	uint32_t *counts = xcalloc(model->process_count, sizeof(*counts));

	for (uint32_t i = 0; i < graph->count; i++)
		counts[model->threads[graph->waiters[i].thread].process] +=
			is_canceller(model, &graph->waiters[i]);
	for (uint32_t i = 0; i < model->process_count; i++)
		counts[i] += graph->facts && graph->facts->others && graph->facts->others[i];
	return counts;
}

/* What is cancelled is over, and a child may be killed; who waits for ever cancels nobody, and
 * nobody himself. */
static void open_cancellable(struct wait_graph *graph)
{
	const struct model *model = graph->model;
	uint32_t *counts = count_cancellers(graph);

	for (uint32_t i = 0; i < graph->count; i++) {
		struct waiter *waiter = &graph->waiters[i];
		uint32_t own = is_canceller(model, waiter);

		if ((is_cancellable(model, waiter) || op_kind(waiter->op) == TRACE_LOCK_process) &&
		    counts[model->threads[waiter->thread].process] > own)
			waiter->firm = false;
	}
	free(counts);
}

void wait_ends_judge(struct wait_graph *graph)
{
	close_semaphores(graph);
	open_cancellable(graph);
}
