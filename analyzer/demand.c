/* Makes the lists of demands from threads, events, signals and situations. */
#include "demand.h"
#include "bisect.h"
#include "demand_rounds.h"
#include "demand_units.h"
#include "signal_sections.h"
#include "xalloc.h"
#include <stdlib.h>

static int compare_demands(const void *left, const void *right)
{
	const struct demand *a = left, *b = right;
	if (a->thread != b->thread)
		return compare_u32(a->thread, b->thread);
	return a->epoch != b->epoch ? compare_u32(a->epoch, b->epoch)
				    : (a->node != NO_INDEX) - (b->node != NO_INDEX);
}

static int compare_events(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	const struct event *a = &model->events[*(const uint32_t *)left];
	const struct event *b = &model->events[*(const uint32_t *)right];
	if (a->lock != b->lock)
		return compare_u32(a->lock, b->lock);
	return a->thread != b->thread ? compare_u32(a->thread, b->thread)
				      : compare_u32(a->number, b->number);
}

static int compare_lasts(const void *left, const void *right)
{
	const struct last *a = left, *b = right;
	return a->lock != b->lock ? compare_u32(a->lock, b->lock)
				  : compare_u32(a->thread, b->thread);
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

/* Whether something that rounds did with it, of which nothing is left, is needed. */
static bool lacks_rounds(const struct demands *demands, uint32_t lock)
{
	return demands->model->locks[lock].flags & TRACE_LOCK_FEWER &&
	       !demand_rounds_suffice(demands->rounds, lock);
}

/* An object is vague when not each time that somebody gave way with it is an event. */
static void find_vague(struct demands *demands)
{
	const struct model *model = demands->model;
	int64_t *missing = xcalloc(model->lock_count + 1, sizeof(*missing));
	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];
		if (!event_gives_way(tally->kind))
			continue;
		missing[tally->lock] += tally->count;
		demands->vague[tally->lock] |= tally->flags & TRACE_TALLY_MORE;
	}
	for (size_t i = 0; i < model->event_count; i++)
		missing[model->events[i].lock] -= event_gives_way(model->events[i].kind);
	for (size_t i = 0; i < model->lock_count; i++)
		demands->vague[i] |= missing[i] != 0 || model->locks[i].lives > 1 ||
				     model->locks[i].flags & TRACE_LOCK_UNCOUNTED ||
				     lacks_rounds(demands, i);
	/* A semaphore that was taken for a lock before. */
	for (size_t i = 0; i < model->node_count; i++)
		demands->vague[model->nodes[i].lock] |=
			lock_is_void(&model->locks[model->nodes[i].lock]);
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
				model->tallies[i].amount == parties[model->tallies[i].lock] &&
				!lacks_rounds(demands, model->tallies[i].lock);
	free(parties);
}

static void last_add(struct lasts *lasts, struct last last)
{
	if (lasts->count == lasts->size) {
		lasts->size = lasts->size ? 2 * lasts->size : 256;
		lasts->items = xreallocarray(lasts->items, lasts->size, sizeof(*lasts->items));
	}
	lasts->items[lasts->count++] = last;
}

/* Sorts them, and keeps the last of each thread. */
static void lasts_settle(struct lasts *lasts)
{
	size_t kept = 0;
	if (lasts->count)
		qsort(lasts->items, lasts->count, sizeof(*lasts->items), compare_lasts);
	for (size_t i = 0; i < lasts->count; i++) {
		struct last *before = kept ? &lasts->items[kept - 1] : NULL;
		if (!before || compare_lasts(before, &lasts->items[i]) != 0)
			lasts->items[kept++] = lasts->items[i];
		else if (before->epoch < lasts->items[i].epoch)
			before->epoch = lasts->items[i].epoch;
	}
	lasts->count = kept;
}

size_t lasts_find(const struct lasts *lasts, uint32_t lock)
{
	size_t low = BISECT(0, lasts->count, i, lasts->items[i].lock < lock);
	return low < lasts->count && lasts->items[low].lock == lock ? low : lasts->count;
}

/* Who ran the initialisers that others have passed. */
static void list_initialisers(struct demands *demands)
{
	const struct model *model = demands->model;
	bool *passed = xcalloc(model->lock_count + 1, sizeof(*passed));
	for (size_t i = 0; i < model->event_count; i++)
		passed[model->events[i].lock] |= model->events[i].kind == TRACE_EVENT_passed;
	for (size_t i = 0; i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		if (!passed[node->lock] || node->count == 0 || node->span_count == 0 ||
		    op_flags(node->op) & TRACE_OP_WAIT)
			continue;
		last_add(&demands->initialisers,
			 (struct last){node->lock, node->thread,
				       model->spans[node->first_span + node->span_count - 1].last});
	}
	lasts_settle(&demands->initialisers);
	free(passed);
}

/* What it demands that a once was passed. */
static struct demand passed_demand(const struct demands *demands, const struct event *event)
{
	const struct lasts *initialisers = &demands->initialisers;
	bool known = lasts_find(initialisers, event->lock) < initialisers->count;
	return (struct demand){event->thread, event->epoch,
			       NO_INDEX,      known ? DEMAND_INITIALISERS : DEMAND_NEVER,
			       event->lock,   0};
}

static void list_events(struct demands *demands)
{
	const struct model *model = demands->model;
	uint32_t *before = demand_units_new(model, demands->vague);
	demands->releases = xcalloc(model->event_count, sizeof(*demands->releases));
	for (uint32_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		struct demand demand = {event->thread, event->epoch, NO_INDEX, DEMAND_EVENT, i,
					before[i]};
		if (event_gives_way(event->kind)) {
			demands->releases[demands->release_count++] = i;
			continue;
		}
		if (event->kind == TRACE_EVENT_passed) {
			demand_add(demands, passed_demand(demands, event));
			continue;
		}
		if (demands->vague[event->lock] ||
		    (event->kind == TRACE_EVENT_left && !demands->in_step[event->lock]))
			demand.kind = DEMAND_NEVER;
		demand_add(demands, demand);
	}
	free(before);
	if (demands->release_count)
		qsort_r(demands->releases, demands->release_count, sizeof(*demands->releases),
			compare_events, (void *)model);
}

static void signal_add(struct demands *demands, uint32_t node, uint32_t epoch, bool endless)
{
	last_add(&demands->signals,
		 (struct last){demands->model->nodes[node].lock, demands->model->nodes[node].thread,
			       endless ? DEMAND_END - 1 : epoch});
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

/* Where threads took a mutex under which they signalled. */
struct section_place {
	uint32_t mutex, stack;
};

static int compare_places(const void *left, const void *right)
{
	const struct section_place *a = left, *b = right;
	return a->mutex != b->mutex ? compare_u32(a->mutex, b->mutex)
				    : compare_u32(a->stack, b->stack);
}

static struct section_place place_of(const struct model *model, uint32_t node)
{
	return (struct section_place){model->nodes[node].lock, model->nodes[node].stack};
}

/*
 * Who takes the mutex where others do so and signal does what they do: a count goes down, and only
 * the one that makes it zero signals. Its last time there is as good as a signal.
 */
static void list_alike(struct demands *demands)
{
	const struct model *model = demands->model;
	struct section_place *places =
		xcalloc(model->event_count + model->signal_count + 1, sizeof(*places));
	size_t count = 0;
	for (size_t i = 0; i < model->event_count; i++)
		if (awaited_signal_in_section(&model->events[i]))
			places[count++] = place_of(model, model->events[i].node);
	for (size_t i = 0; i < model->signal_count; i++)
		places[count++] = place_of(model, model->signals[i].node);
	if (count)
		qsort(places, count, sizeof(*places), compare_places);
	for (uint32_t i = 0; count && i < model->node_count; i++) {
		const struct node *node = &model->nodes[i];
		struct section_place place = place_of(model, i);
		if (node->count == 0 || node->span_count == 0 || node->stack == NO_INDEX ||
		    !bsearch(&place, places, count, sizeof(*places), compare_places))
			continue;
		last_add(&demands->signals,
			 (struct last){node->lock, node->thread,
				       model->spans[node->first_span + node->span_count - 1].last});
	}
	free(places);
}

static void list_signals(struct demands *demands)
{
	const struct model *model = demands->model;
	bool *endless = find_endless(model);
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		if (awaited_signal_in_section(event))
			signal_add(demands, event->node, event->epoch,
				   demands->vague[event->lock] || endless[event->thread]);
	}
	for (size_t i = 0; i < model->signal_count; i++)
		signal_add(demands, model->signals[i].node, model->signals[i].epoch,
			   endless[model->nodes[model->signals[i].node].thread]);
	free(endless);
	list_alike(demands);
	lasts_settle(&demands->signals);
}

/* What it demands that rounds of which nothing is left may have signalled there. */
static void list_before(struct demands *demands, struct demand demand)
{
	struct demand_before before;
	for (size_t i = 0; demand_rounds_before(demands->rounds, demand.node, i, &before); i++) {
		if (before.what == DEMAND_BEFORE_NOTHING)
			continue;
		demand.kind = before.what == DEMAND_BEFORE_UNKNOWN ? DEMAND_NEVER : DEMAND_POINT;
		demand.what = before.creator;
		demand.until = before.what == DEMAND_BEFORE_END ? DEMAND_END : before.epoch;
		demand_add(demands, demand);
	}
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
		list_before(demands, demand);
		if (lock_is_void(&model->locks[node->lock]))
			demand.kind = DEMAND_NEVER;
		else if (lasts_find(&demands->signals, node->lock) == demands->signals.count)
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
	demands->rounds = demand_rounds_new(model);
	find_vague(demands);
	find_in_step(demands);
	list_threads(demands);
	list_initialisers(demands);
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
	free(demands->signals.items);
	free(demands->initialisers.items);
	demand_rounds_free(demands->rounds);
	free(demands->vague);
	free(demands->in_step);
	free(demands);
}
