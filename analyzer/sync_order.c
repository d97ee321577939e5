/* Owns the rules by which events of different threads are ordered. */
#include "sync_order.h"
#include "bisect.h"

#include <stdlib.h>

#include "sync_again.h"
#include "sync_late.h"
#include "sync_object.h"
#include "sync_outer.h"
#include "sync_units.h"
#include "xalloc.h"

enum {
	/* Rounds of a barrier that are compared with what was recorded; more are not recorded. */
	MOST_ROUNDS = 1024,
	/* Looks at nodes, for conditions that are waited for under other locks. */
	MOST_LOOKS = 1 << 28,
};

void order_edges_add(struct order_edges *edges, const struct order_edge *edge)
{
	if (edges->count == edges->size) {
		edges->size = edges->size ? 2 * edges->size : 256;
		edges->items = xreallocarray(edges->items, edges->size, sizeof(*edges->items));
	}
	edges->items[edges->count++] = *edge;
}

static const struct model *sorted_model; /* for the comparisons only */

static int compare_numbers(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_events(const void *left, const void *right)
{
	const struct event *a = &sorted_model->events[*(const uint32_t *)left];
	const struct event *b = &sorted_model->events[*(const uint32_t *)right];

	if (a->lock != b->lock)
		return compare_numbers(a->lock, b->lock);
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->thread != b->thread)
		return compare_numbers(a->thread, b->thread);
	return compare_numbers(a->index, b->index);
}

static int compare_tallies(const void *left, const void *right)
{
	const struct tally *a = &sorted_model->tallies[*(const uint32_t *)left];
	const struct tally *b = &sorted_model->tallies[*(const uint32_t *)right];

	if (a->lock != b->lock)
		return compare_numbers(a->lock, b->lock);
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return compare_numbers(a->thread, b->thread);
}

static uint32_t *indices(size_t count, int (*compare)(const void *, const void *))
{
	uint32_t *sorted = xcalloc(count, sizeof(*sorted));

	for (size_t i = 0; i < count; i++)
		sorted[i] = (uint32_t)i;
	if (count)
		qsort(sorted, count, sizeof(*sorted), compare);
	return sorted;
}

/* Whether what is said of the object is all of one life, and of one process. */
static bool is_whole(const struct object *object)
{
	const struct lock *lock = object->lock;

	for (size_t i = 0; i < object->tally_count; i++) {
		const struct tally *tally = &object->model->tallies[object->tallies[i]];

		/* One tally of a kind for a thread. */
		if (object->model->threads[tally->thread].process != lock->process ||
		    (i && compare_tallies(&object->tallies[i - 1], &object->tallies[i]) == 0))
			return false;
	}
	return lock->lives <= 1;
}

/* How many of the releases of a thread come after that acquire of its own. */
static uint64_t made_later(const struct object *object, const struct run *own,
			   const struct event *acquire)
{
	const struct event *events = object->model->events;

	return own->count -
	       BISECT(0, own->count, i, events[own->events[i]].number < acquire->number);
}

/*
 * Acquire number `others` + m of `to` needs the m-th release of `from`: so many others may come in
 * its place, those of `own` among them, which `to` makes itself and not later. False: what was
 * recorded contradicts that.
 */
static bool pair_runs(const struct object *object, const struct run *from, const struct run *to,
		      uint64_t others, const struct run *own, struct order_edges *edges)
{
	const struct event *events = object->model->events;
	size_t done = 0, idle = 0;

	for (size_t i = 0; i < to->count; i++) {
		const struct event *acquire = &events[to->events[i]];
		uint64_t instead = others - made_later(object, own, acquire) + idle;

		if (acquire->idle) {
			idle++;
			continue;
		}
		size_t needed = BISECT(done, from->count, k,
				       events[from->events[k]].index + instead <= acquire->index);

		if (needed == done)
			continue;
		const struct event *release = &events[from->events[needed - 1]];
		const uint32_t leaves = signal_sections_before(object->sections, release);

		if (acquire->number < release->number)
			return false;
		if (leaves == NO_INDEX)
			continue;
		order_edges_add(edges, &(struct order_edge){
					       .from = release->thread,
					       .leaves = leaves,
					       .to = acquire->thread,
					       .arrives = acquire->epoch,
					       .release = from->events[needed - 1],
					       .acquire = to->events[i],
				       });
		done = needed;
	}
	return true;
}

/* How often the one of them did it that did it most. */
static uint64_t most_of(const struct run *runs, size_t count)
{
	uint64_t most = 0;

	for (size_t i = 0; i < count; i++)
		if (runs[i].tally->count > most)
			most = runs[i].tally->count;
	return most;
}

/* What the thread of `to` released itself. */
static struct run own_releases(const struct object *object, const struct sides *sides,
			       const struct run *to)
{
	const uint32_t thread = to->tally->thread;
	size_t own = BISECT(0, sides->from_count, i, sides->from[i].tally->thread < thread);

	if (own == sides->from_count || sides->from[own].tally->thread != thread)
		return (struct run){0};
	return run_of(object, sides->from[own].tally);
}

/* Whether what a thread releases later is certain not to be what it acquires. */
static bool is_known_later(const struct object *object, const struct run *from)
{
	return object->lock->kind != TRACE_LOCK_condition || from->tally->count == 1;
}

/*
 * Each acquire needs a unit: of those that were there at `first`, or of a release, each of which
 * makes one. All releases but those of the thread at hand may come in its place.
 */
static bool pair_units(const struct object *object, const struct sides *sides, uint64_t first,
		       struct order_edges *edges)
{
	uint64_t all = first, most = most_of(sides->to, sides->to_count);
	const uint64_t most_own = most_of(sides->from, sides->from_count);
	size_t endless = 0;

	for (size_t i = 0; i < sides->from_count; i++) {
		endless += run_is_endless(&sides->from[i]);
		all += sides->from[i].tally->count;
	}
	for (size_t i = 0; i < sides->from_count; i++) {
		const struct run *from = &sides->from[i];
		uint64_t others = all - from->tally->count;

		if (endless > run_is_endless(from) || most + most_own <= others)
			continue;
		for (size_t j = 0; j < sides->to_count; j++) {
			const struct run *to = &sides->to[j];
			struct run own = {0};

			if (to->tally->thread == from->tally->thread)
				continue;
			if (is_known_later(object, from))
				own = own_releases(object, sides, to);
			if (!pair_runs(object, from, to, others, &own, edges))
				return false;
		}
	}
	return true;
}

/* What the tallies of the object say that it began with; 0: not known. */
static uint32_t amount_of(const struct object *object)
{
	uint32_t amount = object_tally(object, 0)->amount;

	for (size_t i = 0; i < object->tally_count; i++)
		if (object_tally(object, i)->amount != amount)
			return 0;
	return amount;
}

/* Whoever takes it comes after its maker (latches.h). */
static bool order_latch(const struct object *object, struct order_edges *edges)
{
	const struct sides sides = sides_of(object, TRACE_EVENT_opened, TRACE_EVENT_through);
	bool good = sides.from_count == 1 && sides.from[0].count == 1 &&
		    sides.from[0].tally->count == 1 &&
		    sync_may_order(object->model, object->lock) &&
		    latches_hold(object->latches, &object->model->events[sides.from[0].events[0]]);

	for (size_t i = 0; good && i < sides.to_count; i++)
		if (sides.to[i].tally->thread != sides.from[0].tally->thread)
			good = pair_runs(object, &sides.from[0], &sides.to[i], 0, &(struct run){0},
					 edges);
	sides_free(&sides);
	return good;
}

static bool order_semaphore(const struct object *object, struct order_edges *edges)
{
	if (!lock_is_ordering(object->lock))
		return object->latches && order_latch(object, edges);

	const struct sides sides = sides_of(object, TRACE_EVENT_posted, TRACE_EVENT_taken);
	const uint32_t amount = object->semaphores[object->lock - object->model->locks].amount;
	bool good = amount && (!sync_may_order(object->model, object->lock) ||
			       pair_units(object, &sides, amount - 1, edges));

	if (good && edges->units)
		sync_units_add(edges->units, object, &sides, amount - 1);
	sides_free(&sides);
	return good;
}

/* In how many sections it signalled, at most. */
static size_t signalling_sections(const struct object *object, const struct run *run)
{
	const struct event *events = object->model->events;
	size_t count = run->count;

	for (size_t i = 1; i < run->count; i++) {
		const struct event *before = &events[run->events[i - 1]];

		count -= before->node != NO_INDEX &&
			 !signal_sections_new_one(object->sections, before,
						  events[run->events[i]].epoch);
	}
	return count;
}

/* How many of a thread's signals order something: see signal_sections.h. */
static size_t trusted_signals(const struct object *object, const struct run *run)
{
	const struct model *model = object->model;
	const size_t sections = signalling_sections(object, run);
	uint32_t mutex = NO_INDEX;

	if (run_is_endless(run))
		return 0;
	for (size_t i = 0; i < run->count; i++) {
		const struct event *event = &model->events[run->events[i]];
		uint32_t lock = event->node == NO_INDEX ? NO_INDEX : model->nodes[event->node].lock;

		mutex = i ? mutex : lock;
		if (lock == NO_INDEX || lock != mutex ||
		    signal_sections_count(object->sections, event->thread, mutex, event->epoch) >
			    sections)
			return i;
	}
	return run->count;
}

static bool order_condition(const struct object *object, struct order_edges *edges)
{
	struct sides sides = sides_of(object, TRACE_EVENT_signalled, TRACE_EVENT_woken);
	uint32_t outer;
	bool good;

	for (size_t i = 0; i < sides.from_count; i++)
		sides.from[i].count = trusted_signals(object, &sides.from[i]);
	outer = sync_outer_lock(object, &sides);
	if (outer != NO_INDEX)
		sync_outer_limit(object, &sides, outer);
	good = *object->takers->looks && sync_may_order(object->model, object->lock) &&
	       pair_units(object, &sides, 0, edges) &&
	       (outer != NO_INDEX || sync_again_pair(object, &sides, edges));
	sides_free(&sides);
	return good;
}

static void add_release(const struct object *object, uint32_t index, uint32_t hub, uint32_t step,
			struct order_edges *edges)
{
	const struct event *event = &object->model->events[index];

	order_edges_add(edges, &(struct order_edge){
				       .from = event->thread,
				       .leaves = event->epoch,
				       .to = hub,
				       .arrives = step,
				       .release = index,
				       .acquire = NO_INDEX,
			       });
}

static void add_acquire(const struct object *object, uint32_t index, uint32_t hub, uint32_t step,
			struct order_edges *edges)
{
	const struct event *event = &object->model->events[index];

	order_edges_add(edges, &(struct order_edge){
				       .from = hub,
				       .leaves = step,
				       .to = event->thread,
				       .arrives = event->epoch,
				       .release = NO_INDEX,
				       .acquire = index,
			       });
}

/* Whether thread by thread the recorded order of each round is what it is said to be. */
static bool rounds_agree(const struct object *object, const struct sides *sides)
{
	const struct event *events = object->model->events;
	uint32_t last[MOST_ROUNDS + 1] = {0};

	for (size_t i = 0; i < sides->from_count; i++)
		for (size_t j = 0; j < sides->from[i].count; j++) {
			const struct event *event = &events[sides->from[i].events[j]];

			if (event->index <= MOST_ROUNDS && last[event->index] < event->number)
				last[event->index] = event->number;
		}
	for (size_t i = 0; i < sides->to_count; i++)
		for (size_t j = 0; j < sides->to[i].count; j++) {
			const struct event *event = &events[sides->to[i].events[j]];

			if (event->index <= MOST_ROUNDS && event->number < last[event->index])
				return false;
		}
	return true;
}

/* Rounds of a barrier: each of them a point that all come to, and that all leave. */
static bool order_barrier(const struct object *object, struct order_edges *edges)
{
	const struct sides sides = sides_of(object, TRACE_EVENT_arrived, TRACE_EVENT_left);
	const struct event *events = object->model->events;
	const uint32_t hub = edges->hub;
	bool good = amount_of(object) == sides.from_count &&
		    sync_may_order(object->model, object->lock) && rounds_agree(object, &sides);

	for (size_t i = 0; good && i < sides.from_count; i++)
		for (size_t j = 0; j < sides.from[i].count; j++)
			add_release(object, sides.from[i].events[j], hub,
				    events[sides.from[i].events[j]].index, edges);
	for (size_t i = 0; good && i < sides.to_count; i++)
		for (size_t j = 0; j < sides.to[i].count; j++)
			add_acquire(object, sides.to[i].events[j], hub,
				    events[sides.to[i].events[j]].index, edges);
	edges->hub += good;
	sides_free(&sides);
	return good;
}

/* What the program says, taken at its word. */
static bool order_said(const struct object *object, struct order_edges *edges)
{
	const uint32_t hub = edges->hub++;

	for (size_t i = 0; i < object->event_count; i++) {
		const struct event *event = &object->model->events[object->events[i]];

		if (event->kind == TRACE_EVENT_before)
			add_release(object, object->events[i], hub, event->number, edges);
		else if (event->kind == TRACE_EVENT_after)
			add_acquire(object, object->events[i], hub, event->number, edges);
	}
	return true;
}

static bool (*const rules[])(const struct object *, struct order_edges *) = {
	[TRACE_LOCK_semaphore] = order_semaphore,
	[TRACE_LOCK_condition] = order_condition,
	[TRACE_LOCK_barrier] = order_barrier,
	[TRACE_LOCK_custom] = order_said,
};

static void order_object(const struct object *object, struct order_edges *edges)
{
	const size_t before = edges->count, kind = object->lock->kind;

	if (kind >= sizeof(rules) / sizeof(*rules) || !rules[kind] || !is_whole(object))
		return;
	if (!rules[kind](object, edges))
		edges->count = before;
}

void sync_order_find(const struct model *model, struct order_edges *edges)
{
	struct signal_sections *sections = model->event_count ? signal_sections_new(model) : NULL;
	struct latches *latches = latches_new(model);
	struct takers takers = takers_of(model);
	struct semaphore *semaphores = semaphores_of(model);
	uint64_t looks = MOST_LOOKS;

	takers.looks = &looks;
	edges->hub = (uint32_t)model->thread_count;
	sorted_model = model;
	uint32_t *events = indices(model->event_count, compare_events);
	uint32_t *tallies = indices(model->tally_count, compare_tallies);
	size_t event = 0, tally = 0;

	while (tally < model->tally_count) {
		uint32_t lock = model->tallies[tallies[tally]].lock;
		struct object object = {
			.model = model,
			.sections = sections,
			.latches = latches,
			.takers = &takers,
			.semaphores = semaphores,
			.lock = &model->locks[lock],
		};

		object.tallies = &tallies[tally];
		while (tally < model->tally_count && model->tallies[tallies[tally]].lock == lock)
			tally++, object.tally_count++;
		while (event < model->event_count && model->events[events[event]].lock < lock)
			event++;
		object.events = &events[event];
		while (event < model->event_count && model->events[events[event]].lock == lock)
			event++, object.event_count++;
		order_object(&object, edges);
	}
	if (sections)
		sync_late_add(model, sections, edges);
	free(takers.nodes);
	free(semaphores);
	free(events);
	free(tallies);
	signal_sections_free(sections);
	latches_free(latches);
}
