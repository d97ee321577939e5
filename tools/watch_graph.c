#include "watch_graph.h"
#include "bisect.h"
#include "model.h"
#include "xalloc.h"
#include <stdlib.h>

/* A thread that has a lock. */
struct hold {
	uint64_t lock;
	uint32_t thread; /* index */
};

struct graph {
	const struct watch_trace *trace;
	struct hold *holds; /* by lock */
	size_t hold_count;
	bool *waits;   /* by thread: for a while, and perhaps for ever */
	bool *streams; /* by thread: it may wait, and has a stream locked */
	bool *files;   /* by thread: the same for a file */
	bool any_streams;
};

static int compare_holds(const void *left, const void *right)
{
	const struct hold *a = left, *b = right;

	if (a->lock != b->lock)
		return a->lock < b->lock ? -1 : 1;
	return (a->thread > b->thread) - (a->thread < b->thread);
}

static void list_holds(struct graph *graph)
{
	const struct watch_trace *trace = graph->trace;
	size_t most = 0;

	for (size_t i = 0; i < trace->thread_count; i++)
		most += trace->threads[i].ref ? trace->threads[i].depth : 0;
	graph->holds = xcalloc(most + 1, sizeof(*graph->holds));
	for (uint32_t i = 0; i < trace->thread_count; i++) {
		const struct watched *thread = &trace->threads[i];

		for (uint32_t k = 0; thread->ref && k < thread->depth; k++)
			graph->holds[graph->hold_count++] =
				(struct hold){thread->entries[k].lock, i};
	}
	if (graph->hold_count)
		qsort(graph->holds, graph->hold_count, sizeof(*graph->holds), compare_holds);
}

static size_t first_hold(const struct graph *graph, uint64_t lock)
{
	return BISECT(0, graph->hold_count, i, graph->holds[i].lock < lock);
}

/* What addresses do not tell: a file is locked through open files, each of which has its own
 * address, and who waits for a stream inside of printf and its kin does not publish that. */
static void list_kinds(struct graph *graph)
{
	const struct watch_trace *trace = graph->trace;

	for (size_t i = 0; i < trace->thread_count; i++) {
		const struct watched *thread = &trace->threads[i];
		uint16_t *ops;

		if (!graph->waits[i] || !thread->depth)
			continue;
		ops = xcalloc(thread->depth, sizeof(*ops));
		watch_trace_ops(trace, thread, ops);
		for (uint32_t k = 0; k < thread->depth; k++) {
			graph->files[i] |= op_kind(ops[k]) == TRACE_LOCK_file;
			graph->streams[i] |=
				ops[k] == TRACE_OP_flockfile || ops[k] == TRACE_OP_ftrylockfile;
		}
		graph->any_streams |= graph->streams[i];
		free(ops);
	}
}

/* Who waits for a stream need have nothing. */
static void add_unlisted(struct graph *graph, double before)
{
	for (size_t i = 0; graph->any_streams && i < graph->trace->thread_count; i++) {
		const struct watched *thread = &graph->trace->threads[i];

		if (thread->ref && !thread->want && thread->first_seen <= before)
			graph->waits[i] = true;
	}
}

/* What only a holder can give it; the lock that it has entered last when nothing is published. */
static uint64_t wanted_by(const struct watched *thread)
{
	if (thread->want)
		return thread->mutex ? thread->mutex : thread->want;
	return thread->depth ? thread->entries[thread->depth - 1].lock : 0;
}

static bool is_joined(const struct watched *thread, uint64_t want)
{
	return thread->ref && want == TRACE_THREAD_ADDRESS((uint64_t)thread->ref);
}

/* Readers may wait behind a writer that waits. */
static bool is_behind(const struct watched *reader, const struct watched *writer)
{
	return reader->want && reader->want == writer->want && writer->ref &&
	       op_kind((uint16_t)reader->op) == TRACE_LOCK_rwlock &&
	       op_flags((uint16_t)reader->op) & TRACE_OP_SHARED &&
	       !(op_flags((uint16_t)writer->op) & TRACE_OP_SHARED);
}

static bool wants_child(const struct watched *thread)
{
	return thread->want && op_kind((uint16_t)thread->op) == TRACE_LOCK_process;
}

static bool wants_file(const struct watched *thread)
{
	return op_kind((uint16_t)thread->op) == TRACE_LOCK_file;
}

/* Whether holds by the address of what it wants are not all that may keep it waiting. */
static bool waits_for_more(const struct graph *graph, const struct watched *thread)
{
	if (!thread->want)
		return graph->any_streams;
	return op_kind((uint16_t)thread->op) == TRACE_LOCK_rwlock || wants_file(thread) ||
	       thread->want & TRACE_THREAD_ADDRESS(0);
}

/* Whether the thread may wait for a file, or a stream, that this one has; a file of its own, too.
 */
static bool may_have_it(const struct graph *graph, uint32_t holder, const struct watched *thread)
{
	return thread->want ? graph->files[holder] && wants_file(thread) : graph->streams[holder];
}

/* Whether one of those who could end the wait waits itself. */
static bool has_waiting_holder(const struct graph *graph, uint32_t index)
{
	const struct watched *threads = graph->trace->threads, *thread = &threads[index];
	uint64_t wanted = wanted_by(thread);

	for (size_t i = first_hold(graph, wanted);
	     i < graph->hold_count && graph->holds[i].lock == wanted; i++) {
		uint32_t holder = graph->holds[i].thread;

		if (graph->waits[holder] && (holder != index || thread->want))
			return true;
	}
	if (!waits_for_more(graph, thread))
		return false;
	for (uint32_t i = 0; i < graph->trace->thread_count; i++)
		if (graph->waits[i] &&
		    (is_joined(&threads[i], wanted) || is_behind(thread, &threads[i]) ||
		     ((i != index || thread->want) && may_have_it(graph, i, thread))))
			return true;
	return false;
}

/* Takes out who waits for somebody that does not wait, until nobody is left or all wait for others
 * that are left. */
static bool find_circle(struct graph *graph)
{
	bool changed = true, any = false;

	while (changed) {
		changed = any = false;
		for (uint32_t i = 0; i < graph->trace->thread_count; i++) {
			if (!graph->waits[i])
				continue;
			if (has_waiting_holder(graph, i)) {
				any = true;
				continue;
			}
			graph->waits[i] = false;
			changed = true;
		}
	}
	return any;
}

static bool has_owner(uint16_t op)
{
	enum trace_lock_kind kind = op_kind(op);

	return kind == TRACE_LOCK_mutex || kind == TRACE_LOCK_rwlock || kind == TRACE_LOCK_spin ||
	       kind == TRACE_LOCK_file || kind == TRACE_LOCK_custom || kind == TRACE_LOCK_once;
}

/* Nobody here has it. */
static bool is_lonely(const struct graph *graph, const struct watched *thread)
{
	size_t first = first_hold(graph, thread->want);

	return first == graph->hold_count || graph->holds[first].lock != thread->want;
}

/* Others may have taken it, as a lock or a semaphore that is used as one. */
static bool may_have_taker(uint16_t op)
{
	return has_owner(op) || op_kind(op) == TRACE_LOCK_semaphore;
}

static uint64_t add_print(uint64_t print, const struct watched *thread)
{
	const uint64_t prime = 1099511628211u; /* FNV-1a */

	print = (print ^ thread->ref) * prime;
	print = (print ^ wanted_by(thread)) * prime;
	return (print ^ thread->since) * prime;
}

static bool may_wait(const struct watched *thread)
{
	return thread->ref && (thread->want ? watched_may_wait(thread) : thread->depth > 0);
}

/* Nothing is published of what it waits for, if it does, or no limit of time. */
static bool is_still(const struct watched *thread, double before)
{
	return thread->first_seen <= before &&
	       (!thread->want || !thread->since || watched_waits(thread));
}

static void graph_init(struct graph *graph, const struct watch_trace *trace)
{
	size_t count = trace->thread_count + 1;

	*graph = (struct graph){
		.trace = trace,
		.waits = xcalloc(count, sizeof(*graph->waits)),
		.streams = xcalloc(count, sizeof(*graph->streams)),
		.files = xcalloc(count, sizeof(*graph->files)),
	};
}

static void graph_free(const struct graph *graph)
{
	free(graph->holds);
	free(graph->waits);
	free(graph->streams);
	free(graph->files);
}

struct watch_state watch_state_of(const struct watch_trace *trace, double before,
				  double long_before)
{
	struct watch_state state = {
		.all_wait = trace->thread_count > 0,
		.all_still = trace->thread_count > 0,
	};
	struct graph graph;
	bool any = false;

	graph_init(&graph, trace);
	for (size_t i = 0; i < trace->thread_count; i++) {
		const struct watched *thread = &trace->threads[i];

		graph.waits[i] = may_wait(thread) && thread->first_seen <= before;
		any = any || (graph.waits[i] && thread->want);
		state.for_child = state.for_child || (graph.waits[i] && wants_child(thread));
		if (thread->ref && (!watched_waits(thread) || wants_child(thread) ||
				    thread->first_seen > long_before))
			state.all_wait = false;
		if (thread->ref && !is_still(thread, long_before))
			state.all_still = false;
	}
	if (any) {
		list_holds(&graph);
		list_kinds(&graph);
		add_unlisted(&graph, before);
	}
	for (size_t i = 0; any && i < trace->thread_count; i++)
		if (graph.waits[i] && may_have_taker((uint16_t)trace->threads[i].op) &&
		    trace->threads[i].want && is_lonely(&graph, &trace->threads[i])) {
			state.lonely = true;
			state.long_lonely =
				state.long_lonely || (has_owner((uint16_t)trace->threads[i].op) &&
						      trace->threads[i].first_seen <= long_before);
		}
	state.all_wait = state.all_wait && any;
	for (size_t i = 0; any && i < trace->thread_count; i++)
		if (graph.waits[i] && trace->threads[i].want)
			state.print = add_print(state.print, &trace->threads[i]);
	state.circle = any && find_circle(&graph);
	graph_free(&graph);
	return state;
}
