/* The largest set of waits of which none can be ended from outside the set. */
#include "hangs.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "hang_taker.h"
#include "woken.h"
#include "xalloc.h"

struct search {
	const struct wait_graph *graph;
	const struct model *model;
	bool *hopeless;	    /* by waiter */
	bool *orphaned;	    /* by waiter: of an orphan */
	bool *circular;	    /* by waiter: of a circle, or stuck behind one */
	bool *goes;	    /* by process: some thread of it goes on */
	bool *has_circular; /* by process */
	bool any_goes;
	bool strangers; /* there are processes that are not recorded */
};

static uint32_t process_of(const struct search *search, uint32_t waiter)
{
	return search->model->threads[search->graph->waiters[waiter].thread].process;
}

/* Whether the process had been killed, as its parent saw, before the other ended. */
static bool was_gone_before(const struct process *killed, const struct process *other)
{
	return killed->reaped_by != NO_INDEX && killed->reaped_mono_ns < other->end_mono_ns;
}

/*
 * Whether the process had ended when `waiter` still waited. Of two that were killed, who knows, but
 * if one saw the end of the other.
 */
static bool is_gone(const struct search *search, uint32_t process, uint32_t waiter)
{
	const struct process *processes = search->model->processes;
	uint32_t own = process_of(search, waiter);
	const struct wait_facts *facts = search->graph->facts;

	if (facts && facts->processes && facts->processes[own] >= PROCESS_RUNS)
		return facts->processes[process] == PROCESS_GONE;
	if (process == own || process_ended(&processes[process]))
		return process != own && !was_gone_before(&processes[own], &processes[process]);
	if (processes[process].reaped_by != NO_INDEX)
		return processes[process].reaped_by == own;
	return processes[process].end == TRACE_END_signal &&
	       processes[own].end == TRACE_END_running;
}

/*
 * Whether anybody may end it, not just a holder. So also what is known to be waited for, though who
 * holds it is not.
 */
static bool is_event(const struct wait_graph *graph, const struct waiter *waiter)
{
	enum trace_lock_kind kind = op_kind(waiter->op);

	if (kind == TRACE_LOCK_condition || kind == TRACE_LOCK_barrier || kind == TRACE_LOCK_futex)
		return true;
	if (kind == TRACE_LOCK_semaphore)
		return !waiter->firm || !waiter->holder_count;
	if (waiter_enders(graph, waiter))
		return true;
	return waiter->blocked && !waiter->holder_count && kind != TRACE_LOCK_thread &&
	       kind != TRACE_LOCK_file && kind != TRACE_LOCK_process;
}

static bool is_orphaned_by(const struct search *search, const struct misuse *misuse,
			   const struct waiter *waiter)
{
	const struct thread *threads = search->model->threads;

	if (misuse->lock != waiter_wanted(waiter))
		return false;
	if (misuse->rule == TRACE_MISUSE_exit_holding)
		return threads[misuse->thread].state & TRACE_THREAD_ENDED;
	return misuse->rule == TRACE_MISUSE_fork_holding &&
	       threads[misuse->thread].process == threads[waiter->thread].process;
}

static const struct misuse *orphaning(const struct search *search, const struct waiter *waiter)
{
	for (size_t i = search->model->misuse_count; i-- > 0;)
		if (is_orphaned_by(search, &search->model->misuses[i], waiter))
			return &search->model->misuses[i];
	return NULL;
}

/* A holder whose process has ended; NO_INDEX. */
static uint32_t gone_holder(const struct search *search, uint32_t index)
{
	const struct waiter *waiter = &search->graph->waiters[index];

	for (uint32_t i = 0; i < waiter->holder_count; i++)
		if (is_gone(search, process_of(search, waiter->holders[i]), index))
			return waiter->holders[i];
	return NO_INDEX;
}

/* A robust mutex is given to the next who wants it, and a file lock is gone with its process. */
static bool can_be_orphan(const struct search *search, const struct waiter *waiter)
{
	uint32_t lock = waiter_wanted(waiter);

	return lock != NO_INDEX && waiter->target == NO_INDEX &&
	       !(search->model->locks[lock].flags & TRACE_LOCK_ROBUST) &&
	       search->model->locks[lock].kind != TRACE_LOCK_file;
}

static bool wants_orphan(const struct search *search, uint32_t index)
{
	const struct waiter *waiter = &search->graph->waiters[index];

	if (!can_be_orphan(search, waiter))
		return false;
	if (waiter->holder_count)
		return gone_holder(search, index) != NO_INDEX;
	return orphaning(search, waiter) != NULL;
}

static bool has_hopeless_holder(const struct search *search, uint32_t index)
{
	const struct waiter *waiter = &search->graph->waiters[index];

	for (uint32_t i = 0; waiter->firm && i < waiter->holder_count; i++)
		if (search->hopeless[waiter->holders[i]] &&
		    !is_gone(search, process_of(search, waiter->holders[i]), index))
			return true;
	return false;
}

/* Of all that ends waits, sem_post alone may be called in a signal handler, and futex. */
static bool handler_can_come(const struct search *search, uint32_t index)
{
	const struct process *process = &search->model->processes[process_of(search, index)];

	return waiter_is_posted(&search->graph->waiters[index]) && handlers_may_come(process);
}

static bool awaits_child(const struct search *search, uint32_t index)
{
	return op_kind(search->graph->waiters[index].op) == TRACE_LOCK_process;
}

static bool any_goes_of(const struct search *search, const struct wait_enders *enders)
{
	for (uint32_t i = 0; i < enders->count; i++)
		if (search->goes[enders->processes[i]])
			return true;
	return false;
}

/* Whether somebody who goes on can end it. */
static bool can_come(const struct search *search, uint32_t index)
{
	const struct waiter *waiter = &search->graph->waiters[index];
	const struct lock *lock = &search->model->locks[waiter->lock];
	const struct wait_enders *enders = waiter_enders(search->graph, waiter);

	/* Who goes on may kill a child. */
	if (awaits_child(search, index) && search->goes[process_of(search, index)])
		return true;
	if (enders)
		return any_goes_of(search, enders) ||
		       waiter_may_be_interrupted(search->graph, waiter);
	if (waiter_is_shared(search->graph, waiter) ? search->any_goes
						    : search->goes[process_of(search, index)])
		return true;
	/* A child that is not recorded may have the process's memory (clone). */
	if (lock->kind == TRACE_LOCK_futex && search->strangers)
		return true;
	return handler_can_come(search, index) || lock_is_open(lock);
}

static bool goes_on(const struct search *search, uint32_t index)
{
	const struct waiter *waiter = &search->graph->waiters[index];

	if (waiter->limit == WAIT_NOT)
		return true;
	if (has_hopeless_holder(search, index) || search->orphaned[index])
		return waiter->limit == WAIT_TIMED && waiter->mutex == NO_INDEX;
	if (waiter->limit == WAIT_TIMED)
		return true;
	return !is_event(search->graph, waiter) || can_come(search, index) ||
	       waiter_may_be_woken(search->graph, index);
}

static void note_goes(struct search *search, uint32_t waiter)
{
	search->hopeless[waiter] = false;
	search->goes[process_of(search, waiter)] = true;
	search->any_goes = true;
}

static void start(struct search *search, const struct wait_facts *facts)
{
	const struct model *model = search->model;

	for (uint32_t i = 0; i < model->process_count; i++) {
		search->goes[i] = facts && facts->others && facts->others[i];
		search->any_goes |= search->goes[i];
	}
	/* A child that has taken no lock yet has no trace. */
	search->strangers = !facts || facts->strangers;
	search->any_goes |= search->strangers;
	for (uint32_t i = 0; i < search->graph->count; i++)
		search->orphaned[i] = wants_orphan(search, i);
	for (uint32_t i = 0; i < search->graph->count; i++)
		search->hopeless[i] = !process_ended(&model->processes[process_of(search, i)]);
}

static void spread(struct search *search)
{
	bool more = true;

	while (more) {
		more = false;
		for (uint32_t i = 0; i < search->graph->count; i++) {
			if (!search->hopeless[i] || !goes_on(search, i))
				continue;
			note_goes(search, i);
			more = true;
		}
	}
}

static void mark_circular(struct search *search)
{
	for (uint32_t i = 0; i < search->graph->cycle_count; i++) {
		const struct wait_cycle *cycle = &search->graph->cycles[i];

		for (uint32_t k = 0; k < cycle->count; k++)
			search->circular[cycle->waiters[k]] = true;
		for (uint32_t k = 0; k < cycle->stuck_count; k++)
			search->circular[cycle->stuck[k]] = true;
	}
	for (uint32_t i = 0; i < search->graph->count; i++)
		if (search->circular[i])
			search->has_circular[process_of(search, i)] = true;
}

/* Whether it waits for another thread of its process. */
static bool is_behind(const struct search *search, uint32_t index)
{
	const struct waiter *waiter = &search->graph->waiters[index];

	for (uint32_t i = 0; waiter->firm && i < waiter->holder_count; i++)
		if (search->hopeless[waiter->holders[i]] &&
		    process_of(search, waiter->holders[i]) == process_of(search, index))
			return true;
	return false;
}

/* Whether it waits for none of the others, or for one in another process. */
static bool is_root(const struct search *search, uint32_t index)
{
	return search->orphaned[index] ||
	       (!is_behind(search, index) && !awaits_child(search, index));
}

static void find_orphan(const struct search *search, uint32_t index, struct orphan *orphan)
{
	const struct waiter *waiter = &search->graph->waiters[index];
	const struct misuse *misuse = orphaning(search, waiter);
	uint32_t holder = gone_holder(search, index), node;

	orphan->lock = waiter_wanted(waiter);
	if (holder != NO_INDEX) {
		const struct waiter *gone = &search->graph->waiters[holder];

		node = waiter_hold(search->graph, gone, orphan->lock);
		orphan->reason = ORPHAN_PROCESS_ENDED;
		orphan->thread = gone->thread;
		if (node == NO_INDEX)
			return;
		orphan->stack = search->model->nodes[node].stack;
		orphan->op = search->model->nodes[node].op;
	} else if (misuse->rule == TRACE_MISUSE_exit_holding) {
		orphan->reason = ORPHAN_THREAD_ENDED;
		orphan->thread = misuse->thread;
		orphan->stack = misuse->other_stack;
		orphan->op = misuse->other_act;
	} else {
		orphan->reason = ORPHAN_FORKED;
		orphan->stack = misuse->other_stack;
		orphan->op = misuse->other_act;
	}
}

static struct hang *add(const struct search *search, struct hangs *hangs)
{
	struct hang *hang;

	hangs->items = xreallocarray(hangs->items, hangs->count + 1, sizeof(*hangs->items));
	hang = &hangs->items[hangs->count++];
	*hang = (struct hang){
		.waiters = xcalloc(search->graph->count, sizeof(*hang->waiters)),
		.orphan = {.lock = NO_INDEX, .thread = NO_INDEX, .stack = NO_INDEX},
	};
	return hang;
}

enum rank { RANK_ROOT, RANK_FOR_CHILD, RANK_BEHIND, RANKS };

static enum rank rank_of(const struct search *search, uint32_t index)
{
	if (is_root(search, index))
		return RANK_ROOT;
	return awaits_child(search, index) ? RANK_FOR_CHILD : RANK_BEHIND;
}

static void fill(const struct search *search, const bool *taken, struct hang *hang)
{
	for (enum rank rank = 0; rank < RANKS; rank++) {
		for (uint32_t i = 0; i < search->graph->count; i++) {
			if (!taken[i] || rank_of(search, i) != rank)
				continue;
			hang->waiters[hang->count++] = i;
			if (hang->orphan.lock == NO_INDEX && search->orphaned[i])
				find_orphan(search, i, &hang->orphan);
			else if (hang->orphan.lock == NO_INDEX &&
				 hang_is_left_locked(search->graph, i))
				hang_find_taker(search->graph, i, &hang->orphan);
		}
		if (rank == RANK_FOR_CHILD)
			hang->root_count = hang->count;
	}
}

/* Who waits for that orphan, and who is stuck behind these. */
static void report_orphan(struct search *search, uint32_t index, struct hangs *hangs)
{
	const struct wait_graph *graph = search->graph;
	bool *taken = xcalloc(graph->count, sizeof(*taken)), more = true;

	for (uint32_t i = index; i < graph->count; i++)
		taken[i] =
			search->hopeless[i] && search->orphaned[i] &&
			waiter_wanted(&graph->waiters[i]) == waiter_wanted(&graph->waiters[index]);
	while (more) {
		more = false;
		for (uint32_t i = 0; i < graph->count; i++) {
			const struct waiter *waiter = &graph->waiters[i];

			for (uint32_t k = 0; search->hopeless[i] && waiter->firm && !taken[i] &&
					     k < waiter->holder_count;
			     k++)
				taken[i] = more |= taken[waiter->holders[k]];
		}
	}
	fill(search, taken, add(search, hangs));
	for (uint32_t i = 0; i < graph->count; i++)
		search->hopeless[i] &= !taken[i];
	free(taken);
}

/* Whether a thread of it waits for what others can end. */
static bool waits_shared(const struct search *search, uint32_t process)
{
	for (uint32_t i = 0; i < search->graph->count; i++) {
		const struct waiter *waiter = &search->graph->waiters[i];

		if (process_of(search, i) == process && waiter->lock != NO_INDEX &&
		    (waiter_is_shared(search->graph, waiter) || awaits_child(search, i)))
			return true;
	}
	return false;
}

/* Whether its threads wait for nothing but its children, and for each other behind that. */
static bool only_awaits_children(const struct search *search, uint32_t process)
{
	for (uint32_t i = 0; i < search->graph->count; i++)
		if (process_of(search, i) == process && search->hopeless[i] && is_root(search, i))
			return false;
	return true;
}

static bool is_whole(const struct search *search, uint32_t process)
{
	bool some = false;

	if (search->goes[process] || search->has_circular[process])
		return false;
	/* Their handlers may do anything: end the process, or jump out of a wait. */
	if (search->model->processes[process].handlers &
	    ~(CRASH_SIGNALS | END_SIGNALS | UINT64_C(1) << (SIGPIPE - 1)))
		return false;
	for (uint32_t i = 0; i < search->graph->count; i++)
		some |= process_of(search, i) == process && search->hopeless[i];
	return some;
}

/* All of the process, and of those that wait for what they share with it. */
static void report_whole(struct search *search, uint32_t process, struct hangs *hangs)
{
	bool *taken = xcalloc(search->graph->count, sizeof(*taken));
	bool *with = xcalloc(search->model->process_count, sizeof(*with));
	bool shares = waits_shared(search, process);
	struct hang *hang = add(search, hangs);

	for (uint32_t i = 0; i < search->model->process_count; i++)
		with[i] =
			i == process || (shares && is_whole(search, i) && waits_shared(search, i));
	for (uint32_t i = 0; i < search->graph->count; i++)
		taken[i] = search->hopeless[i] && with[process_of(search, i)];
	hang->whole = true;
	fill(search, taken, hang);
	for (uint32_t i = 0; i < search->graph->count; i++)
		search->hopeless[i] &= !taken[i];
	free(taken);
	free(with);
}

void hangs_find(const struct wait_graph *graph, struct hangs *hangs)
{
	struct search search = {
		.graph = graph,
		.model = graph->model,
		.hopeless = xcalloc(graph->count, sizeof(bool)),
		.orphaned = xcalloc(graph->count, sizeof(bool)),
		.circular = xcalloc(graph->count, sizeof(bool)),
		.goes = xcalloc(graph->model->process_count, sizeof(bool)),
		.has_circular = xcalloc(graph->model->process_count, sizeof(bool)),
	};

	*hangs = (struct hangs){0};
	start(&search, graph->facts);
	spread(&search);
	mark_circular(&search);
	for (uint32_t i = 0; i < graph->count; i++)
		search.hopeless[i] &= !search.circular[i];
	for (uint32_t i = 0; i < graph->model->process_count; i++)
		if (is_whole(&search, i) && !only_awaits_children(&search, i))
			report_whole(&search, i, hangs);
	for (uint32_t i = 0; i < graph->count; i++)
		if (search.hopeless[i] && search.orphaned[i])
			report_orphan(&search, i, hangs);
	free(search.hopeless);
	free(search.orphaned);
	free(search.circular);
	free(search.goes);
	free(search.has_circular);
}

void hangs_free(struct hangs *hangs)
{
	for (size_t i = 0; i < hangs->count; i++)
		free(hangs->items[i].waiters);
	free(hangs->items);
	*hangs = (struct hangs){0};
}
