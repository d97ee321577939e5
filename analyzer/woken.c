#include "woken.h"

bool waiter_is_shared(const struct wait_graph *graph, const struct waiter *waiter)
{
	const struct lock *lock = &graph->model->locks[waiter->lock];

	return lock->has_identity || lock->flags & TRACE_LOCK_SHARED;
}

static uint64_t tallied(const struct wait_graph *graph, uint32_t lock, uint16_t kind, bool *whole,
			uint32_t *amount)
{
	const struct model *model = graph->model;
	uint64_t sum = 0;

	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];

		if (tally->lock != lock || tally->kind != kind)
			continue;
		*whole = *whole && !(tally->flags & TRACE_TALLY_MORE);
		if (tally->amount)
			*amount = tally->amount;
		sum += tally->count;
	}
	return sum;
}

/* Whether a semaphore is known to have no post left. */
static bool is_spent(const struct wait_graph *graph, const struct waiter *waiter)
{
	const struct lock *lock = &graph->model->locks[waiter->lock];
	bool whole = !(lock->flags & TRACE_LOCK_UNCOUNTED) && lock->lives <= 1;
	uint32_t amount = 0;
	uint64_t posted, taken;

	if (waiter->holder_count)
		return true;
	posted = tallied(graph, waiter->lock, TRACE_EVENT_posted, &whole, &amount);
	taken = tallied(graph, waiter->lock, TRACE_EVENT_taken, &whole, &amount);
	return whole && amount && amount - 1 + posted <= taken;
}

/* Whether all have come for whom the barrier is, as far as is known. */
static bool is_complete(const struct wait_graph *graph, const struct waiter *waiter)
{
	uint32_t amount = 0, here = 0;
	bool whole = true;

	tallied(graph, waiter->lock, TRACE_EVENT_arrived, &whole, &amount);
	for (uint32_t i = 0; i < graph->count; i++)
		here += graph->waiters[i].lock == waiter->lock;
	return here >= amount;
}

static bool was_woken_since(const struct wait_graph *graph, uint32_t index)
{
	const struct waiter *waiter = &graph->waiters[index];
	const struct model *model = graph->model;
	uint32_t process = model->threads[waiter->thread].process;
	bool shared = waiter_is_shared(graph, waiter);

	for (size_t i = 0; i < model->wake_count; i++) {
		const struct wake *wake = &model->wakes[i];

		if (wake->process != process && shared)
			return true;
		if (wake->process == process && wake->at_ns > waiter->since_ns &&
		    (!wake->address || wake->address == waiter->held->want))
			return true;
	}
	return false;
}

/*
 * Whether all signals of a condition were taken by those who came back from it. Each lets one
 * waiter go, and not more (glibc, other than GLib), and who comes back has taken one away. What may
 * have gone uncounted errs to one side: signals are counted before they are given, whether anybody
 * waits or not, and who comes back is counted afterwards.
 */
static bool is_signalled_out(const struct wait_graph *graph, const struct waiter *waiter)
{
	const struct model *model = graph->model;
	const struct lock *lock = &model->locks[waiter->lock];
	bool whole = model->processes[lock->process].complete &&
		     !(lock->flags & TRACE_LOCK_UNCOUNTED) && lock->lives <= 1;
	uint64_t signalled = 0, woken = 0;

	if ((waiter->op != TRACE_OP_cond && waiter->op != TRACE_OP_cnd) ||
	    waiter_is_shared(graph, waiter))
		return false;
	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];

		if (tally->lock != waiter->lock)
			continue;
		if (tally->kind == TRACE_EVENT_woken || tally->kind == TRACE_EVENT_woken_again) {
			woken += tally->count;
		} else if (tally->kind == TRACE_EVENT_signalled) {
			signalled += tally->count;
			whole = whole && tally->flags == TRACE_TALLY_ONE_EACH;
		}
	}
	return whole && signalled && signalled <= woken;
}

bool waiter_may_be_woken(const struct wait_graph *graph, uint32_t index)
{
	const struct waiter *waiter = &graph->waiters[index];

	if (waiter->blocked)
		return false;
	/* Who ends waits in futexes is not recorded. */
	if (op_kind(waiter->op) == TRACE_LOCK_futex)
		return true;
	if (op_kind(waiter->op) == TRACE_LOCK_semaphore && is_spent(graph, waiter))
		return false;
	if (op_kind(waiter->op) == TRACE_LOCK_barrier && is_complete(graph, waiter))
		return true;
	if (op_kind(waiter->op) == TRACE_LOCK_condition && is_signalled_out(graph, waiter))
		return false;
	return was_woken_since(graph, index);
}
