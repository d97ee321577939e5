/* Makes the lists of demands from threads, events, signals and situations. */
#include "demand.h"
#include "xalloc.h"
#include <stdlib.h>

static const struct model *sorted_model; /* for the comparisons only */

static int compare_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int compare_demands(const void *left, const void *right)
{
	const struct demand *a = left, *b = right;
	return a->thread != b->thread ? compare_u32(a->thread, b->thread)
				      : compare_u32(a->epoch, b->epoch);
}

static int compare_events(const void *left, const void *right)
{
	const struct event *a = &sorted_model->events[*(const uint32_t *)left];
	const struct event *b = &sorted_model->events[*(const uint32_t *)right];
	if (a->lock != b->lock)
		return compare_u32(a->lock, b->lock);
	return a->thread != b->thread ? compare_u32(a->thread, b->thread)
				      : compare_u32(a->number, b->number);
}

static int compare_signals(const void *left, const void *right)
{
	const struct signalling *a = left, *b = right;
	return a->mutex != b->mutex ? compare_u32(a->mutex, b->mutex)
				    : compare_u32(a->thread, b->thread);
}

static bool gives_way(uint16_t kind)
{
	return kind == TRACE_EVENT_posted || kind == TRACE_EVENT_arrived ||
	       kind == TRACE_EVENT_signalled || kind == TRACE_EVENT_before ||
	       kind == TRACE_EVENT_opened;
}

static void demand_add(struct demands *demands, struct demand demand)
{
	if (demands->count == demands->size) {
		demands->size = demands->size ? 2 * demands->size : 256;
		demands->items =
			xreallocarray(demands->items, demands->size, sizeof(*demands->items));
	}
	demands->items[demands->count++] = demand;
}

static void list_threads(struct demands *demands)
{
	const struct model *model = demands->model;
	for (uint32_t i = 0; i < model->thread_count; i++) {
		const struct thread *thread = &model->threads[i];
		uint32_t wait = demands->sections->wait_epoch[i];
		if (thread->creator != NO_INDEX)
			demand_add(demands,
				   (struct demand){i, 0, NO_INDEX, DEMAND_POINT, thread->creator,
						   thread->create_epoch + 1});
		if (thread->state & TRACE_THREAD_JOINED && thread->joined_by != NO_INDEX)
			demand_add(demands, (struct demand){thread->joined_by, thread->join_epoch,
							    NO_INDEX, DEMAND_POINT, i, DEMAND_END});
		if (thread->blind > 0)
			demand_add(demands, (struct demand){i, thread->blind - 1, NO_INDEX,
							    DEMAND_NEVER, 0, 0});
		if (wait != UINT32_MAX)
			demand_add(demands,
				   (struct demand){i, wait, demands->sections->wait_node[i],
						   DEMAND_NEVER, 0, 0});
	}
}

/* An object is vague when not each time that somebody gave way with it is an event. */
static void find_vague(struct demands *demands)
{
	const struct model *model = demands->model;
	int64_t *missing = xcalloc(model->lock_count + 1, sizeof(*missing));
	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];
		if (!gives_way(tally->kind))
			continue;
		missing[tally->lock] += tally->count;
		demands->vague[tally->lock] |= tally->flags & TRACE_TALLY_MORE;
	}
	for (size_t i = 0; i < model->event_count; i++)
		missing[model->events[i].lock] -= gives_way(model->events[i].kind);
	for (size_t i = 0; i < model->lock_count; i++)
		demands->vague[i] |= missing[i] != 0 || model->locks[i].lives > 1 ||
				     model->locks[i].flags & TRACE_LOCK_UNCOUNTED;
	/* A semaphore that was taken for a lock before. */
	for (size_t i = 0; i < model->node_count; i++)
		demands->vague[model->nodes[i].lock] |=
			lock_is_ordering(&model->locks[model->nodes[i].lock]);
	free(missing);
}

/* Barriers to which only so many threads came as they are for: who leaves met all others. */
static void find_in_step(struct demands *demands)
{
	const struct model *model = demands->model;
	uint32_t *parties = xcalloc(model->lock_count + 1, sizeof(*parties));
	for (size_t i = 0; i < model->tally_count; i++)
		parties[model->tallies[i].lock] += model->tallies[i].kind == TRACE_EVENT_arrived;
	for (size_t i = 0; i < model->tally_count; i++)
		if (model->tallies[i].kind == TRACE_EVENT_arrived)
			demands->in_step[model->tallies[i].lock] =
				model->tallies[i].amount == parties[model->tallies[i].lock];
	free(parties);
}

/* Who ran the initialiser of a once that others have passed. */
static void list_initialisers(struct demands *demands, const struct event *event)
{
	const struct model *model = demands->model;
	bool known = false;
	for (uint32_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		if (node->lock != event->lock || node->count == 0 || node->span_count == 0 ||
		    op_flags(node->op) & TRACE_OP_WAIT)
			continue;
		known = true;
		if (node->thread == event->thread)
			continue;
		uint32_t last = model->spans[node->first_span + node->span_count - 1].last;
		demand_add(demands, (struct demand){event->thread, event->epoch, NO_INDEX,
						    DEMAND_POINT, node->thread, last + 1});
	}
	if (!known)
		demand_add(demands, (struct demand){event->thread, event->epoch, NO_INDEX,
						    DEMAND_NEVER, 0, 0});
}

static void list_events(struct demands *demands)
{
	const struct model *model = demands->model;
	demands->releases = xcalloc(model->event_count, sizeof(*demands->releases));
	for (uint32_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		struct demand demand = {event->thread, event->epoch, NO_INDEX, DEMAND_EVENT, i, 0};
		if (gives_way(event->kind)) {
			demands->releases[demands->release_count++] = i;
			continue;
		}
		if (event->kind == TRACE_EVENT_passed) {
			list_initialisers(demands, event);
			continue;
		}
		if (demands->vague[event->lock] ||
		    (event->kind == TRACE_EVENT_left && !demands->in_step[event->lock]))
			demand.kind = DEMAND_NEVER;
		demand_add(demands, demand);
	}
	sorted_model = model;
	if (demands->release_count)
		qsort(demands->releases, demands->release_count, sizeof(*demands->releases),
		      compare_events);
}

static void signal_add(struct demands *demands, uint32_t node, uint32_t epoch, bool endless)
{
	demands->signals[demands->signal_count++] = (struct signalling){
		demands->model->nodes[node].lock, demands->model->nodes[node].thread,
		endless ? DEMAND_END - 1 : epoch};
}

/* For each thread whether it signalled more often than was counted. */
static bool *find_endless(const struct model *model)
{
	bool *endless = xcalloc(model->thread_count + 1, sizeof(*endless));
	for (size_t i = 0; i < model->tally_count; i++)
		if (model->tallies[i].kind == TRACE_EVENT_signalled)
			endless[model->tallies[i].thread] |=
				model->tallies[i].flags & TRACE_TALLY_MORE;
	return endless;
}

static void list_signals(struct demands *demands)
{
	const struct model *model = demands->model;
	bool *endless = find_endless(model);
	size_t kept = 0;
	demands->signals =
		xcalloc(model->event_count + model->signal_count, sizeof(*demands->signals));
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		if (event->kind == TRACE_EVENT_signalled && event->node != NO_INDEX)
			signal_add(demands, event->node, event->epoch,
				   demands->vague[event->lock] || endless[event->thread]);
	}
	for (size_t i = 0; i < model->signal_count; i++)
		signal_add(demands, model->signals[i].node, model->signals[i].epoch,
			   endless[model->nodes[model->signals[i].node].thread]);
	free(endless);
	if (demands->signal_count)
		qsort(demands->signals, demands->signal_count, sizeof(*demands->signals),
		      compare_signals);
	for (size_t i = 0; i < demands->signal_count; i++) {
		struct signalling *last = kept ? &demands->signals[kept - 1] : NULL;
		if (!last || compare_signals(last, &demands->signals[i]) != 0)
			demands->signals[kept++] = demands->signals[i];
		else if (last->epoch < demands->signals[i].epoch)
			last->epoch = demands->signals[i].epoch;
	}
	demands->signal_count = kept;
}

size_t demands_signals(const struct demands *demands, uint32_t mutex)
{
	size_t low = 0, high = demands->signal_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (demands->signals[middle].mutex < mutex)
			low = middle + 1;
		else
			high = middle;
	}
	return low < demands->signal_count && demands->signals[low].mutex == mutex
		       ? low
		       : demands->signal_count;
}

static void list_nodes(struct demands *demands)
{
	const struct model *model = demands->model;
	for (uint32_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		if (node->count == 0 || node->span_count == 0)
			continue;
		struct demand demand = {node->thread,
					model->spans[node->first_span].first,
					i,
					DEMAND_SIGNALS,
					node->lock,
					0};
		if (lock_is_ordering(&model->locks[node->lock]))
			demand.kind = DEMAND_NEVER;
		else if (demands_signals(demands, node->lock) == demands->signal_count)
			continue;
		demand_add(demands, demand);
	}
}

static void demands_sort(struct demands *demands)
{
	const struct model *model = demands->model;
	demands->first = xcalloc(model->thread_count + 2, sizeof(*demands->first));
	if (demands->count)
		qsort(demands->items, demands->count, sizeof(*demands->items), compare_demands);
	for (size_t i = 0; i < demands->count; i++)
		demands->first[demands->items[i].thread + 1]++;
	for (size_t i = 0; i < model->thread_count; i++)
		demands->first[i + 1] += demands->first[i];
}

struct demands *demands_new(const struct sections *sections)
{
	struct demands *demands = xcalloc(1, sizeof(*demands));
	const struct model *model = sections->model;
	demands->model = model;
	demands->sections = sections;
	demands->vague = xcalloc(model->lock_count + 1, sizeof(*demands->vague));
	demands->in_step = xcalloc(model->lock_count + 1, sizeof(*demands->in_step));
	find_vague(demands);
	find_in_step(demands);
	list_threads(demands);
	list_events(demands);
	list_signals(demands);
	list_nodes(demands);
	demands_sort(demands);
	return demands;
}

void demands_free(struct demands *demands)
{
	if (!demands)
		return;
	free(demands->items);
	free(demands->first);
	free(demands->releases);
	free(demands->signals);
	free(demands->vague);
	free(demands->in_step);
	free(demands);
}
