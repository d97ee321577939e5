#include "hang_cause.h"

#include "woken.h"

/* How often a thread did that with the lock; *any: whether any did. */
static uint64_t tallied(const struct model *model, uint32_t lock, uint16_t kind, uint32_t thread,
			bool *others)
{
	uint64_t count = 0;

	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];

		if (tally->lock != lock || tally->kind != kind || !tally->count)
			continue;
		if (tally->thread == thread)
			count += tally->count;
		else
			*others = true;
	}
	return count;
}

/* Situations are written when they occur first. */
static void find_signal(const struct model *model, uint32_t lock, struct hang_cause *cause)
{
	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];

		if (node->lock != lock || !(op_flags(node->op) & TRACE_OP_SIGNAL))
			continue;
		cause->thread = node->thread;
		cause->stack = node->stack;
		cause->op = node->op;
	}
}

static void find_post(const struct model *model, uint32_t lock, struct hang_cause *cause)
{
	uint32_t last = 0;

	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if (event->lock != lock || event->kind != TRACE_EVENT_posted ||
		    event->number < last)
			continue;
		last = event->number;
		cause->thread = event->thread;
		cause->stack = event->stack;
		cause->op = event->act;
	}
}

/* Whether all that was done with the lock is known. */
static bool is_whole(const struct wait_graph *graph, const struct waiter *waiter)
{
	const struct lock *lock = &graph->model->locks[waiter->lock];

	return graph->model->processes[lock->process].complete && lock->lives <= 1 &&
	       !(lock->flags & TRACE_LOCK_UNCOUNTED) && !waiter_is_shared(graph, waiter);
}

static void count_barrier(const struct wait_graph *graph, uint32_t lock, struct hang_cause *cause)
{
	const struct model *model = graph->model;

	for (size_t i = 0; i < model->tally_count; i++)
		if (model->tallies[i].lock == lock &&
		    model->tallies[i].kind == TRACE_EVENT_arrived && model->tallies[i].amount)
			cause->amount = model->tallies[i].amount;
	for (uint32_t i = 0; i < graph->count; i++)
		cause->here += graph->waiters[i].lock == lock;
}

bool hang_cause_find(const struct wait_graph *graph, const struct waiter *waiter,
		     struct hang_cause *cause)
{
	enum trace_lock_kind kind = op_kind(waiter->op);
	uint16_t event = kind == TRACE_LOCK_condition ? TRACE_EVENT_signalled : TRACE_EVENT_posted;
	bool any = false;

	*cause = (struct hang_cause){.thread = NO_INDEX, .stack = NO_INDEX};
	if (waiter->lock == NO_INDEX)
		return false;
	if (kind == TRACE_LOCK_barrier) {
		count_barrier(graph, waiter->lock, cause);
		return cause->amount && cause->here < cause->amount;
	}
	if (kind == TRACE_LOCK_condition)
		find_signal(graph->model, waiter->lock, cause);
	else if (kind == TRACE_LOCK_semaphore)
		find_post(graph->model, waiter->lock, cause);
	else
		return false;
	cause->count = tallied(graph->model, waiter->lock, event, cause->thread, &any);
	cause->others = any && cause->thread != NO_INDEX;
	cause->never = !any && cause->thread == NO_INDEX && is_whole(graph, waiter);
	return cause->thread != NO_INDEX || cause->never;
}
