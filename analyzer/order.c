#include "order.h"
#include "bisect.h"

#include <assert.h>
#include <stdlib.h>
#include <uthash.h>

#include "once_order.h"
#include "process_order.h"
#include "sync_order.h"
#include "xalloc.h"

/*
 * The question behind every answer is a reach: for each thread, the earliest epoch that comes after
 * what thread a did up to epoch ea. It depends on ea only through which of a's edges leave later,
 * so reaches are kept by (thread, first edge at or after ea). They are dropped, oldest use first,
 * when all of them together hold more than MOST_ARRIVALS.
 */
enum { MOST_ARRIVALS = 4 << 20 };
/* Pairs of parts of tasks that are looked at for one pair of nodes. */
enum { MOST_PARTS = 1 << 17 };

struct arrival {
	uint32_t thread;
	uint32_t epoch;
};

struct reach_key {
	uint32_t thread;
	uint32_t edge; /* index into order.edges */
};

struct reach {
	struct reach_key key;
	struct arrival *arrivals; /* sorted by thread */
	size_t count;
	UT_hash_handle hh;
};

struct order {
	const struct model *model;
	size_t thread_count;
	struct order *threads;	  /* creates and joins alone; NULL: there is nothing else here */
	struct once_order *onces; /* NULL: nothing */
	struct tasks *tasks;	  /* the same; `threads` has them, too, but is not their owner */
	/* By thread and epoch they leave: those of t are [first[t], first[t + 1]). */
	struct order_edges edges;
	uint32_t *first;
	struct reach *cache; /* least recently used first */
	size_t cached;	     /* arrivals in it */
	/* Of the search that is going on. */
	uint32_t *earliest; /* by thread; valid when seen */
	uint32_t *searched; /* by thread: edges from here on were followed */
	uint32_t *via;	    /* by thread: the edge by which it came to its earliest epoch */
	bool *seen;
	uint32_t *found; /* threads seen, in order */
	size_t found_count;
	uint32_t *pending; /* threads whose earliest epoch has changed */
	bool *is_pending;
	size_t pending_count;
};

/* By thread, then epoch; the rest so that equal traces make equal reports. */
static int compare_edges(const void *left, const void *right)
{
	const struct order_edge *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->leaves != b->leaves)
		return a->leaves < b->leaves ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return a->arrives < b->arrives ? -1 : a->arrives > b->arrives;
}

/* References stay within a trace, so creator and created are of one process. */
static bool has_creator(const struct thread *thread)
{
	return thread->creator != NO_INDEX &&
	       !(thread->state & (TRACE_THREAD_FOREIGN | TRACE_THREAD_FAILED));
}

static void add_lives(const struct model *model, struct order_edges *edges)
{
	for (uint32_t t = 0; t < model->thread_count; t++) {
		const struct thread *thread = &model->threads[t];

		if (has_creator(thread))
			order_edges_add(edges, &(struct order_edge){
						       .from = thread->creator,
						       .leaves = thread->create_epoch,
						       .to = t,
						       .release = NO_INDEX,
						       .acquire = NO_INDEX,
					       });
		if (thread->state & TRACE_THREAD_JOINED && thread->joined_by != NO_INDEX)
			order_edges_add(edges, &(struct order_edge){
						       .from = t,
						       .leaves = UINT32_MAX,
						       .to = thread->joined_by,
						       .arrives = thread->join_epoch,
						       .release = NO_INDEX,
						       .acquire = NO_INDEX,
					       });
	}
}

static void sort_edges(struct order *order)
{
	struct order_edges *edges = &order->edges;

	if (edges->count)
		qsort(edges->items, edges->count, sizeof(*edges->items), compare_edges);
	order->first = xcalloc(order->thread_count + 1, sizeof(*order->first));
	for (size_t i = 0; i < edges->count; i++)
		order->first[edges->items[i].from + 1]++;
	for (size_t t = 0; t < order->thread_count; t++)
		order->first[t + 1] += order->first[t];
}

/* Takes the edges. */
static struct order *make_order(const struct model *model, struct order_edges edges)
{
	struct order *order = xcalloc(1, sizeof(*order));

	order->model = model;
	order->thread_count = edges.hub > model->thread_count ? edges.hub : model->thread_count;
	order->edges = edges;
	order->earliest = xcalloc(order->thread_count, sizeof(*order->earliest));
	order->searched = xcalloc(order->thread_count, sizeof(*order->searched));
	order->via = xcalloc(order->thread_count, sizeof(*order->via));
	order->seen = xcalloc(order->thread_count, sizeof(*order->seen));
	order->found = xcalloc(order->thread_count, sizeof(*order->found));
	order->pending = xcalloc(order->thread_count, sizeof(*order->pending));
	order->is_pending = xcalloc(order->thread_count, sizeof(*order->is_pending));
	sort_edges(order);
	return order;
}

struct order *order_new(const struct model *model)
{
	struct order_edges lives = {0}, all = {0};
	struct once_order *onces;
	struct tasks *tasks;
	struct order *order;

	sync_order_find(model, &all);
	add_lives(model, &lives);
	process_order_add(model, &lives);
	tasks = tasks_new(model);
	onces = once_order_new(model, tasks);
	if (!all.count && !onces && !tasks)
		return make_order(model, lives);
	add_lives(model, &all);
	process_order_add(model, &all);
	order = make_order(model, all);
	order->threads = make_order(model, lives);
	order->onces = onces;
	order->tasks = order->threads->tasks = tasks;
	return order;
}

struct order *order_of_threads(struct order *order)
{
	return order->threads ? order->threads : order;
}

const struct tasks *order_tasks(const struct order *order)
{
	return order->tasks;
}

const struct order_edges *order_edges_of(const struct order *order)
{
	return &order->edges;
}

static void reach_drop(struct order *order, struct reach *reach)
{
	HASH_DEL(order->cache, reach);
	order->cached -= reach->count;
	free(reach->arrivals);
	free(reach);
}

void order_free(struct order *order)
{
	if (!order)
		return;
	while (order->cache)
		reach_drop(order, order->cache);
	if (order->threads)
		tasks_free(order->tasks);
	order_free(order->threads);
	once_order_free(order->onces);
	free(order->edges.items);
	free(order->first);
	free(order->earliest);
	free(order->searched);
	free(order->via);
	free(order->seen);
	free(order->found);
	free(order->pending);
	free(order->is_pending);
	free(order);
}

/* The first of the thread's edges that leaves in this epoch or later. */
static uint32_t first_edge(const struct order *order, uint32_t thread, uint32_t epoch)
{
	return BISECT(order->first[thread], order->first[thread + 1], i,
		      order->edges.items[i].leaves < epoch);
}

/* The search has come to (thread, epoch) by that edge. */
static void arrive(struct order *order, uint32_t thread, uint32_t epoch, uint32_t via)
{
	if (order->seen[thread] && order->earliest[thread] <= epoch)
		return;
	if (!order->seen[thread]) {
		order->seen[thread] = true;
		order->searched[thread] = order->first[thread + 1];
		order->found[order->found_count++] = thread;
	}
	order->earliest[thread] = epoch;
	order->via[thread] = via;
	if (order->is_pending[thread])
		return;
	order->is_pending[thread] = true;
	order->pending[order->pending_count++] = thread;
}

/* Follows what leaves a thread from its earliest epoch on. Each edge is followed once. */
static void leave(struct order *order, uint32_t thread)
{
	uint32_t from = first_edge(order, thread, order->earliest[thread]);

	while (order->searched[thread] > from) {
		const struct order_edge *edge = &order->edges.items[--order->searched[thread]];

		arrive(order, edge->to, edge->arrives, order->searched[thread]);
	}
}

static int compare_arrivals(const void *left, const void *right)
{
	const struct arrival *a = left, *b = right;

	return a->thread < b->thread ? -1 : a->thread > b->thread;
}

static void search(struct order *order, uint32_t thread, uint32_t epoch)
{
	order->found_count = order->pending_count = 0;
	arrive(order, thread, epoch, NO_INDEX);
	while (order->pending_count) {
		uint32_t next = order->pending[--order->pending_count];

		order->is_pending[next] = false;
		leave(order, next);
	}
}

static struct reach *reach_make(struct order *order, const struct reach_key *key, uint32_t epoch)
{
	struct reach *reach = xcalloc(1, sizeof(*reach));

	search(order, key->thread, epoch);
	reach->key = *key;
	reach->arrivals = xcalloc(order->found_count, sizeof(*reach->arrivals));
	for (size_t i = 0; i < order->found_count; i++) {
		uint32_t found = order->found[i];

		order->seen[found] = false;
		if (found != key->thread)
			reach->arrivals[reach->count++] =
				(struct arrival){found, order->earliest[found]};
	}
	qsort(reach->arrivals, reach->count, sizeof(*reach->arrivals), compare_arrivals);
	while (order->cache && order->cached + reach->count > MOST_ARRIVALS)
		reach_drop(order, order->cache);
	order->cached += reach->count;
	HASH_ADD(hh, order->cache, key, sizeof(reach->key), reach);
	return reach;
}

static const struct reach *reach_get(struct order *order, uint32_t thread, uint32_t epoch)
{
	const struct reach_key key = {thread, first_edge(order, thread, epoch)};
	struct reach *reach;

	HASH_FIND(hh, order->cache, &key, sizeof(key), reach);
	if (!reach)
		return reach_make(order, &key, epoch);
	/* To the end of the list: it was used last. */
	HASH_DEL(order->cache, reach);
	HASH_ADD(hh, order->cache, key, sizeof(reach->key), reach);
	return reach;
}

bool order_before(struct order *order, uint32_t a, uint32_t ea, uint32_t b, uint32_t eb)
{
	const struct reach *reach = reach_get(order, a, ea);
	const struct arrival wanted = {.thread = b};
	const struct arrival *found =
		bsearch(&wanted, reach->arrivals, reach->count, sizeof(wanted), compare_arrivals);

	assert(a != b);
	return found && found->epoch <= eb;
}

/* The span's end, or an earlier epoch by which others wait for all of it. */
static uint32_t settled(const struct order *order, uint32_t thread, const struct span *span)
{
	uint32_t until, epoch;

	if (!order->tasks || !order->model->threads[thread].tasks)
		return span->last;
	epoch = tasks_settled(order->tasks, thread, span->last, &until);
	if (epoch == span->last)
		return epoch;
	/* Unless it let others go on meanwhile. */
	uint32_t edge = first_edge(order, thread, epoch + 1);

	return edge < order->first[thread + 1] && order->edges.items[edge].leaves < until
		       ? span->last
		       : epoch;
}

/* How many of the node's first spans lie before epoch `eb` of thread b; they are sorted. */
static uint32_t spans_before(struct order *order, const struct node *node, uint32_t b, uint32_t eb)
{
	const struct span *spans = order->model->spans + node->first_span;
	return BISECT(
		0, node->span_count, i,
		order_before(order, node->thread, settled(order, node->thread, &spans[i]), b, eb));
}

/*
 * A span of x is ordered with all of y when y's spans are some that come before it, and then only
 * ones that come after it. It is enough to look at the first that does not come before.
 */
static bool spans_concurrent(struct order *order, uint32_t x, uint32_t y)
{
	const struct model *model = order->model;
	const struct node *a = &model->nodes[x], *b = &model->nodes[y];

	if (a->thread == b->thread)
		return false;
	for (uint32_t i = 0; i < a->span_count; i++) {
		const struct span *span = &model->spans[a->first_span + i];
		uint32_t after = spans_before(order, b, a->thread, span->first);

		if (after < b->span_count &&
		    !order_before(order, a->thread, settled(order, a->thread, span), b->thread,
				  model->spans[b->first_span + after].first))
			return true;
	}
	return false;
}

/* Whether what comes before moment a comes before what comes after b. */
static bool moment_before(struct order *order, const struct task_moment *a,
			  const struct task_moment *b)
{
	if (a->thread == b->thread)
		return a->epoch <= b->epoch;
	return order_before(order, a->thread, a->epoch, b->thread, b->epoch);
}

static bool part_before(struct order *order, const struct task_part *a, const struct task_part *b)
{
	const struct span span = {.first = a->first, .last = a->last};
	const struct task_moment own = {a->thread, a->own ? settled(order, a->thread, &span) : 0};
	const struct task_moment fence = {a->thread,
					  a->thread == b->begin.thread ? a->passed : a->comes};

	if (a->own)
		return moment_before(order, &own, &b->begin);
	return (a->end.thread != NO_INDEX && moment_before(order, &a->end, &b->begin)) ||
	       (fence.epoch != UINT32_MAX && moment_before(order, &fence, &b->begin));
}

/* Whether all of a's phase comes before all of b's: if so, also of those before and behind. */
static bool phase_before(struct order *order, const struct task_part *a, const struct task_part *b)
{
	return a->comes != UINT32_MAX &&
	       order_before(order, a->thread, a->comes, b->thread, b->phase);
}

/* Whether parts of which some are of tasks could be at the same time, had other threads done these.
 * Also if there are too many to tell. */
static bool parts_meet(struct order *order, const struct task_part *a, size_t a_count,
		       const struct task_part *b, size_t b_count)
{
	size_t left = MOST_PARTS;

	for (size_t i = 0; i < a_count; i++) {
		size_t j = BISECT(0, b_count, k, phase_before(order, &b[k], &a[i]));

		for (; j < b_count && !phase_before(order, &a[i], &b[j]); j++) {
			if (a[i].own && b[j].own)
				continue;
			if (left-- == 0 || (!part_before(order, &a[i], &b[j]) &&
					    !part_before(order, &b[j], &a[i])))
				return true;
		}
	}
	return false;
}

static bool tasks_meet(struct order *order, uint32_t x, uint32_t y)
{
	const struct node *nodes = order->model->nodes;
	const struct thread *threads = order->model->threads;
	struct task_part *a, *b;
	size_t a_count, b_count;
	bool found;

	if (!order->tasks || (!threads[nodes[x].thread].tasks && !threads[nodes[y].thread].tasks))
		return false;
	a = tasks_parts(order->tasks, x, &a_count);
	b = tasks_parts(order->tasks, y, &b_count);
	found = parts_meet(order, a, a_count, b, b_count);
	free(a);
	free(b);
	return found;
}

bool order_concurrent(struct order *order, uint32_t x, uint32_t y)
{
	const struct node *nodes = order->model->nodes;
	const bool one_thread = nodes[x].thread == nodes[y].thread;

	if (one_thread && !tasks_apart(order->tasks, x, y))
		return false;
	/* Creates and joins alone. */
	if (order->tasks && order->threads && !tasks_concurrent(order->tasks, x, y))
		return false;
	if (one_thread)
		return true;
	return (spans_concurrent(order, x, y) || tasks_meet(order, x, y)) &&
	       !(order->onces && once_order_separates(order->onces, x, y));
}

/* The last release and the last acquire on the way to a thread that the search has found. */
static bool way_back(const struct order *order, uint32_t thread, struct order_edge *last)
{
	*last = (struct order_edge){.release = NO_INDEX, .acquire = NO_INDEX};
	for (size_t i = 0; i < order->found_count && order->via[thread] != NO_INDEX; i++) {
		const struct order_edge *edge = &order->edges.items[order->via[thread]];

		if (last->acquire == NO_INDEX)
			last->acquire = edge->acquire;
		if (edge->release != NO_INDEX) {
			last->release = edge->release;
			return true;
		}
		thread = edge->from;
	}
	return false;
}

static bool find_way(struct order *order, const struct node *a, const struct node *b,
		     struct order_edge *last)
{
	const struct span *spans = order->model->spans;
	bool found = false;

	if (!a->span_count || !b->span_count)
		return false;
	search(order, a->thread, spans[a->first_span].last);
	for (uint32_t i = 0; !found && i < b->span_count; i++)
		found = order->seen[b->thread] &&
			order->earliest[b->thread] <= spans[b->first_span + i].first;
	found = found && way_back(order, b->thread, last);
	for (size_t i = 0; i < order->found_count; i++)
		order->seen[order->found[i]] = false;
	return found;
}

bool order_events(struct order *order, uint32_t x, uint32_t y, uint32_t *release, uint32_t *acquire)
{
	const struct node *a = &order->model->nodes[x], *b = &order->model->nodes[y];
	struct order_edge last;

	if (a->thread == b->thread ||
	    (!find_way(order, a, b, &last) && !find_way(order, b, a, &last)))
		return false;
	*release = last.release;
	*acquire = last.acquire;
	return *acquire != NO_INDEX;
}
