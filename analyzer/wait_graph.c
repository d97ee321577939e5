/* Who waits for whom: the live threads, what they have, what they wait for, and the circles. */
#include "wait_graph.h"
#include "bisect.h"

#include <stdlib.h>

#include "file_owner.h"
#include "wait_cycles.h"
#include "wait_enders.h"
#include "wait_ends.h"
#include "xalloc.h"

/* A lock on the held stack of a waiter. */
struct hold {
	uint32_t lock, waiter;
	uint32_t taken; /* the lock as it was recorded */
	bool shared;
	bool open; /* it may still be waited for */
};

struct builder {
	struct wait_graph *graph;
	const struct model *model;
	const struct wait_facts *facts;
	struct hold *holds; /* by lock */
	size_t hold_count;
	struct {
		uint32_t lock, waiter;
	} * writers; /* that wait, by lock */
	size_t writer_count;
};

static enum wait_fact fact_of(const struct builder *builder, uint32_t thread)
{
	return builder->facts && builder->facts->threads ? builder->facts->threads[thread]
							 : FACT_NONE;
}

static bool is_condition(uint16_t op)
{
	return op_kind(op) == TRACE_LOCK_condition;
}

static enum wait_limit limit_of(const struct builder *builder, const struct held *held)
{
	if (!held->want || fact_of(builder, held->thread) == FACT_GOES_ON)
		return WAIT_NOT;
	return op_flags(held->want_op) & (TRACE_OP_TIMED | TRACE_OP_TRY) ? WAIT_TIMED
									 : WAIT_FOR_EVER;
}

/* Until now, or until the end of its process. */
static uint64_t waited_ns(const struct builder *builder, uint32_t thread, uint64_t since_ns)
{
	uint32_t index = builder->model->threads[thread].process;
	const struct process *process = &builder->model->processes[index];
	uint64_t until = process->end_mono_ns, began = process->start_mono_ns + since_ns;

	if (builder->facts && builder->facts->processes &&
	    builder->facts->processes[index] >= PROCESS_RUNS)
		until = builder->facts->now_mono_ns;
	return since_ns && until > began ? until - began : 0;
}

static void waiter_fill(const struct builder *builder, struct waiter *waiter, uint32_t thread)
{
	const struct model *model = builder->model;
	uint32_t index = model->threads[thread].held;
	const struct held *held = index == NO_INDEX ? NULL : &model->helds[index];

	*waiter = (struct waiter){
		.thread = thread,
		.lock = NO_INDEX,
		.target = NO_INDEX,
		.mutex = NO_INDEX,
		.stack = NO_INDEX,
		.held = held,
	};
	if (!held)
		return;
	waiter->depth = held->depth;
	waiter->limit = limit_of(builder, held);
	if (waiter->limit == WAIT_NOT)
		return;
	waiter->op = held->want_op;
	waiter->lock = held->want_lock;
	waiter->taken = held->want_taken;
	waiter->target = held->want_thread;
	waiter->mutex = is_condition(held->want_op) ? held->want_mutex_lock : NO_INDEX;
	waiter->stack = held->want_stack;
	waiter->blocked = fact_of(builder, thread) == FACT_BLOCKED;
	waiter->since_ns = held->want_since_ns;
	waiter->waited_ns = waited_ns(builder, thread, held->want_since_ns);
}

static void list_waiters(struct builder *builder)
{
	struct wait_graph *graph = builder->graph;
	const struct model *model = builder->model;

	graph->waiters = xcalloc(model->thread_count, sizeof(*graph->waiters));
	graph->of_thread = xcalloc(model->thread_count, sizeof(*graph->of_thread));
	for (uint32_t i = 0; i < model->thread_count; i++) {
		graph->of_thread[i] = NO_INDEX;
		if (model->threads[i].state & (TRACE_THREAD_ENDED | TRACE_THREAD_FAILED))
			continue;
		graph->of_thread[i] = graph->count;
		waiter_fill(builder, &graph->waiters[graph->count++], i);
	}
}

static int compare_holds(const void *left, const void *right)
{
	const struct hold *a = left, *b = right;

	if (a->lock != b->lock)
		return a->lock < b->lock ? -1 : 1;
	return (a->waiter > b->waiter) - (a->waiter < b->waiter);
}

static void hold_add(struct builder *builder, uint32_t index, uint32_t position)
{
	const struct waiter *waiter = &builder->graph->waiters[index];
	uint32_t node = waiter->held->nodes[position];
	bool last = position + 1 == waiter->depth;

	if (node == NO_INDEX || node_is_ordering(builder->model, &builder->model->nodes[node]))
		return;
	builder->holds[builder->hold_count++] = (struct hold){
		.lock = builder->model->nodes[node].lock,
		.waiter = index,
		.taken = builder->model->nodes[node].taken,
		.shared = op_flags(builder->model->nodes[node].op) & TRACE_OP_SHARED,
		.open = last && waiter->held->last_open &&
			fact_of(builder, waiter->thread) != FACT_GOES_ON,
	};
}

static void list_holds(struct builder *builder)
{
	const struct wait_graph *graph = builder->graph;
	size_t most = 0;

	for (uint32_t i = 0; i < graph->count; i++)
		most += graph->waiters[i].depth;
	builder->holds = xcalloc(most, sizeof(*builder->holds));
	for (uint32_t i = 0; i < graph->count; i++)
		for (uint32_t k = 0; k < graph->waiters[i].depth; k++)
			hold_add(builder, i, k);
	if (builder->hold_count)
		qsort(builder->holds, builder->hold_count, sizeof(*builder->holds), compare_holds);
}

/* The holds of a lock: from the index returned up to *end. */
static size_t holds_of(const struct builder *builder, uint32_t lock, size_t *end)
{
	size_t low = BISECT(0, builder->hold_count, i, builder->holds[i].lock < lock);
	for (*end = low; *end < builder->hold_count && builder->holds[*end].lock == lock;)
		++*end;
	return low;
}

/* Whether it keeps out who takes `taken`, the lock as it was recorded. */
static bool keeps_out(const struct builder *builder, const struct hold *hold, uint32_t taken,
		      bool shared)
{
	return !(shared && hold->shared) && lock_excludes(builder->model, hold->taken, taken);
}

/* blocked: it is known to wait, so that whoever else may have it does. */
static bool somebody_else_has(const struct builder *builder, const struct hold *open, bool blocked)
{
	size_t end, i = holds_of(builder, open->lock, &end);

	for (; i < end; i++) {
		const struct hold *hold = &builder->holds[i];

		if ((!hold->open || blocked) && hold->waiter != open->waiter &&
		    keeps_out(builder, hold, open->taken, open->shared))
			return true;
	}
	return false;
}

/* It waits for what its stack says that it has. */
static void waits_for_last(struct builder *builder, struct hold *open)
{
	struct waiter *waiter = &builder->graph->waiters[open->waiter];
	uint32_t index = waiter->held->nodes[--waiter->depth];
	const struct node *node = &builder->model->nodes[index];

	waiter->limit = WAIT_FOR_EVER;
	waiter->op = node->op;
	waiter->lock = node->lock;
	waiter->taken = node->taken;
	waiter->stack = node->stack;
	open->lock = NO_INDEX;
}

static bool is_blocked(const struct builder *builder, uint32_t waiter)
{
	return fact_of(builder, builder->graph->waiters[waiter].thread) == FACT_BLOCKED;
}

static void resolve_open(struct builder *builder)
{
	bool *waits = xcalloc(builder->hold_count, sizeof(*waits));

	for (size_t i = 0; i < builder->hold_count; i++)
		waits[i] = builder->holds[i].open &&
			   somebody_else_has(builder, &builder->holds[i],
					     is_blocked(builder, builder->holds[i].waiter));
	for (size_t i = 0; i < builder->hold_count; i++)
		if (waits[i])
			waits_for_last(builder, &builder->holds[i]);
	free(waits);
	if (builder->hold_count)
		qsort(builder->holds, builder->hold_count, sizeof(*builder->holds), compare_holds);
}

static bool wants_shared(const struct waiter *waiter)
{
	return op_flags(waiter->op) & TRACE_OP_SHARED;
}

static void list_writers(struct builder *builder)
{
	const struct wait_graph *graph = builder->graph;

	builder->writers = xcalloc(graph->count, sizeof(*builder->writers));
	for (uint32_t i = 0; i < graph->count; i++) {
		const struct waiter *waiter = &graph->waiters[i];

		if (waiter->limit != WAIT_FOR_EVER || waiter->lock == NO_INDEX ||
		    wants_shared(waiter) ||
		    !(builder->model->locks[waiter->lock].flags & TRACE_LOCK_WRITER_FIRST))
			continue;
		builder->writers[builder->writer_count].lock = waiter->lock;
		builder->writers[builder->writer_count++].waiter = i;
	}
}

static void holder_add(struct waiter *waiter, uint32_t holder)
{
	for (uint32_t i = 0; i < waiter->holder_count; i++)
		if (waiter->holders[i] == holder)
			return;
	/* Full whenever the count is a power of two. */
	if ((waiter->holder_count & (waiter->holder_count - 1)) == 0)
		waiter->holders = xreallocarray(waiter->holders,
						waiter->holder_count ? 2 * waiter->holder_count : 1,
						sizeof(*waiter->holders));
	waiter->holders[waiter->holder_count++] = holder;
}

/*
 * Whether a thread that has the lock waits when it wants it again. A mutex may be recursive, or
 * refuse; glibc's read-write lock refuses its writer (EDEADLK).
 */
static bool blocks_itself(const struct lock *lock, const struct hold *hold)
{
	if (lock->flags & (TRACE_LOCK_RECURSIVE | TRACE_LOCK_ERRORCHECK))
		return false;
	return lock->kind != TRACE_LOCK_rwlock || hold->shared;
}

static void add_holders(const struct builder *builder, uint32_t index, uint32_t wanted,
			uint32_t taken, bool shared)
{
	struct waiter *waiter = &builder->graph->waiters[index];
	size_t end, i = holds_of(builder, wanted, &end);

	for (; i < end; i++) {
		const struct hold *hold = &builder->holds[i];

		if (!keeps_out(builder, hold, taken, shared))
			continue;
		if (hold->waiter == index && (waiter->mutex != NO_INDEX ||
					      !blocks_itself(&builder->model->locks[wanted], hold)))
			continue;
		holder_add(waiter, hold->waiter);
	}
}

static void add_writers(const struct builder *builder, uint32_t index)
{
	struct waiter *waiter = &builder->graph->waiters[index];

	for (size_t i = 0; i < builder->writer_count; i++)
		if (builder->writers[i].lock == waiter->lock && builder->writers[i].waiter != index)
			holder_add(waiter, builder->writers[i].waiter);
}

/* Whether its takers were seen to give it back. What nobody but its takers gave back is else marked
 * as ordering. */
static bool acts_as_lock(const struct lock *lock)
{
	return lock->kind != TRACE_LOCK_semaphore || lock->acquisitions > lock->lives;
}

bool handlers_may_come(const struct process *process)
{
	return process->handlers & ~process->by_runtime & ~CRASH_SIGNALS;
}

/* Of what no thread is recorded to have. */
static void add_ender(const struct builder *builder, uint32_t index)
{
	struct waiter *waiter = &builder->graph->waiters[index];
	uint32_t ender = waiter->holder_count ? NO_INDEX : wait_sole_ender(builder->graph, waiter);

	if (ender != NO_INDEX && ender != index)
		holder_add(waiter, ender);
}

static void add_edges(const struct builder *builder, uint32_t index)
{
	struct waiter *waiter = &builder->graph->waiters[index];

	if (waiter->limit == WAIT_NOT)
		return;
	waiter->firm = true;
	if (waiter->mutex != NO_INDEX) {
		add_holders(builder, index, waiter->mutex, waiter->mutex, false);
	} else if (waiter->target != NO_INDEX) {
		uint32_t target = builder->graph->of_thread[waiter->target];

		/* Who joins itself is refused (EDEADLK). */
		if (target != NO_INDEX && target != index)
			holder_add(waiter, target);
	} else if (waiter->lock != NO_INDEX) {
		const struct lock *lock = &builder->model->locks[waiter->lock];

		waiter->firm = acts_as_lock(lock);
		add_holders(builder, index, waiter->lock, waiter->taken, wants_shared(waiter));
		if (wants_shared(waiter) && lock->flags & TRACE_LOCK_WRITER_FIRST)
			add_writers(builder, index);
	}
	add_ender(builder, index);
	if (waiter_may_be_interrupted(builder->graph, waiter))
		waiter->firm = false;
}

struct wait_graph *wait_graph_new(const struct model *model, const struct wait_facts *facts)
{
	struct wait_graph *graph = xcalloc(1, sizeof(*graph));
	struct builder builder = {.graph = graph, .model = model, .facts = facts};

	graph->model = model;
	graph->facts = facts;
	list_waiters(&builder);
	list_holds(&builder);
	resolve_open(&builder);
	list_writers(&builder);
	for (uint32_t i = 0; i < graph->count; i++)
		add_edges(&builder, i);
	wait_ends_judge(graph);
	wait_cycles_find(graph);
	free(builder.holds);
	free(builder.writers);
	return graph;
}

void wait_graph_free(struct wait_graph *graph)
{
	if (!graph)
		return;
	for (uint32_t i = 0; i < graph->count; i++)
		free(graph->waiters[i].holders);
	for (uint32_t i = 0; i < graph->cycle_count; i++) {
		free(graph->cycles[i].waiters);
		free(graph->cycles[i].stuck);
	}
	free(graph->waiters);
	free(graph->of_thread);
	free(graph->cycles);
	free(graph);
}

bool waiter_is_posted(const struct waiter *waiter)
{
	enum trace_lock_kind kind = op_kind(waiter->op);

	return kind == TRACE_LOCK_semaphore || kind == TRACE_LOCK_futex;
}

uint32_t waiter_wanted(const struct waiter *waiter)
{
	return waiter->mutex != NO_INDEX ? waiter->mutex : waiter->lock;
}

/* How the mutex is taken again after a condition wait. */
static const struct {
	uint16_t wait, again;
} reacquired[] = {
	{TRACE_OP_cond, TRACE_OP_cond_wait},
	{TRACE_OP_cond_timed, TRACE_OP_cond_timedwait},
	{TRACE_OP_cond_clock, TRACE_OP_cond_clockwait},
	{TRACE_OP_cnd, TRACE_OP_cnd_wait},
	{TRACE_OP_cnd_timed, TRACE_OP_cnd_timedwait},
	{TRACE_OP_g_cond, TRACE_OP_g_cond_wait},
	{TRACE_OP_g_cond_until, TRACE_OP_g_cond_wait_until},
	{TRACE_OP_g_cond_timed, TRACE_OP_g_cond_timed_wait},
};

uint16_t waiter_wanted_op(const struct waiter *waiter)
{
	for (size_t i = 0; i < sizeof(reacquired) / sizeof(*reacquired); i++)
		if (waiter->mutex != NO_INDEX && waiter->op == reacquired[i].wait)
			return reacquired[i].again;
	return waiter->op;
}

uint32_t waiter_hold(const struct wait_graph *graph, const struct waiter *waiter, uint32_t lock)
{
	for (uint32_t i = waiter->depth; i-- > 0;) {
		uint32_t node = waiter->held->nodes[i];

		if (node != NO_INDEX && graph->model->nodes[node].lock == lock)
			return node;
	}
	return NO_INDEX;
}
