/* Owns the rules by which events of different threads are ordered. */
#include "sync_order.h"

#include <stdlib.h>

#include "xalloc.h"

/* All events and tallies of one object, each sorted by kind, thread and index. */
struct object {
	const struct model *model;
	const struct lock *lock;
	const uint32_t *events;
	size_t event_count;
	const uint32_t *tallies;
	size_t tally_count;
};

/* Events of one thread and kind. */
struct run {
	const uint32_t *events;
	size_t count;
	const struct tally *tally;
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

/* Whether every call in the process that it should have seen is in the counts. */
static bool saw_all(const struct process *process)
{
	return !process->drops[TRACE_DROP_no_space] && !process->drops[TRACE_DROP_no_memory] &&
	       !process->drops[TRACE_DROP_nested] && !process->drops[TRACE_DROP_thread];
}

static bool is_counted(const struct object *object)
{
	const struct lock *lock = object->lock;

	for (size_t i = 0; i < object->tally_count; i++) {
		const struct tally *tally = &object->model->tallies[object->tallies[i]];

		/* One tally of a kind for a thread. */
		if (object->model->threads[tally->thread].process != lock->process ||
		    (i && compare_tallies(&object->tallies[i - 1], &object->tallies[i]) == 0))
			return false;
	}
	return lock->lives <= 1 && !(lock->flags & (TRACE_LOCK_UNCOUNTED | TRACE_LOCK_SHARED)) &&
	       saw_all(&object->model->processes[lock->process]);
}

static const struct tally *tally_at(const struct object *object, size_t i)
{
	return &object->model->tallies[object->tallies[i]];
}

static bool is_of(const struct event *event, const struct tally *tally)
{
	return event->kind == tally->kind && event->thread == tally->thread;
}

/* Whether the event comes before those of the tally, as they are sorted. */
static bool lies_before(const struct event *event, const struct tally *tally)
{
	return event->kind != tally->kind ? event->kind < tally->kind
					  : event->thread < tally->thread;
}

static struct run run_of(const struct object *object, const struct tally *tally)
{
	const struct event *events = object->model->events;
	size_t low = 0, high = object->event_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lies_before(&events[object->events[middle]], tally))
			low = middle + 1;
		else
			high = middle;
	}
	for (high = low; high < object->event_count && is_of(&events[object->events[high]], tally);)
		high++;
	return (struct run){object->events + low, high - low, tally};
}

/* Tallies of a kind, and their events. The caller frees them. */
static struct run *runs_of(const struct object *object, uint16_t kind, size_t *count)
{
	struct run *runs = xcalloc(object->tally_count, sizeof(*runs));

	*count = 0;
	for (size_t i = 0; i < object->tally_count; i++)
		if (tally_at(object, i)->kind == kind)
			runs[(*count)++] = run_of(object, tally_at(object, i));
	return runs;
}

static bool is_endless(const struct run *run)
{
	return run->tally->flags & TRACE_TALLY_MORE;
}

/* The first event of the run with at least that index; run->count: there is none. */
static size_t first_from(const struct object *object, const struct run *run, uint64_t index)
{
	size_t low = 0, high = run->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (object->model->events[run->events[middle]].index < index)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The m-th release of `from` comes before acquire number `offset` + m of `to`. False: what was
 * recorded contradicts that. */
static bool pair_runs(const struct object *object, const struct run *from, const struct run *to,
		      uint64_t offset, struct order_edges *edges)
{
	const struct event *events = object->model->events;

	for (size_t i = 0; i < from->count; i++) {
		const struct event *release = &events[from->events[i]];
		size_t at = first_from(object, to, offset + release->index);

		if (at == to->count)
			break;
		const struct event *acquire = &events[to->events[at]];

		if (acquire->number < release->number)
			return false;
		order_edges_add(edges, &(struct order_edge){
					       .from = release->thread,
					       .leaves = release->epoch,
					       .to = acquire->thread,
					       .arrives = acquire->epoch,
					       .release = from->events[i],
					       .acquire = to->events[at],
				       });
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

/* Units of `first` and of all releases but those of one run; each acquire needs one. */
static bool pair_units(const struct object *object, uint16_t released, uint16_t acquired,
		       uint64_t first, struct order_edges *edges)
{
	size_t from_count, to_count, endless = 0;
	struct run *from = runs_of(object, released, &from_count);
	struct run *to = runs_of(object, acquired, &to_count);
	uint64_t all = first, most = most_of(to, to_count);
	bool good = true;

	for (size_t i = 0; i < from_count; i++) {
		endless += is_endless(&from[i]);
		all += from[i].tally->count;
	}
	for (size_t i = 0; good && i < from_count; i++) {
		if (endless > is_endless(&from[i]) || most <= all - from[i].tally->count)
			continue;
		for (size_t j = 0; good && j < to_count; j++)
			if (to[j].tally->thread != from[i].tally->thread)
				good = pair_runs(object, &from[i], &to[j],
						 all - from[i].tally->count, edges);
	}
	free(from);
	free(to);
	return good;
}

static bool order_semaphore(const struct object *object, struct order_edges *edges)
{
	uint32_t amount = tally_at(object, 0)->amount;

	for (size_t i = 0; i < object->tally_count; i++)
		if (tally_at(object, i)->amount != amount)
			return false;
	return amount &&
	       pair_units(object, TRACE_EVENT_posted, TRACE_EVENT_taken, amount - 1, edges);
}

static void order_object(const struct object *object, struct order_edges *edges)
{
	const size_t before = edges->count;
	bool good = false;

	if (!is_counted(object))
		return;
	if (object->lock->kind == TRACE_LOCK_semaphore)
		good = order_semaphore(object, edges);
	if (!good)
		edges->count = before;
}

void sync_order_find(const struct model *model, struct order_edges *edges)
{
	sorted_model = model;
	uint32_t *events = indices(model->event_count, compare_events);
	uint32_t *tallies = indices(model->tally_count, compare_tallies);
	size_t event = 0, tally = 0;

	while (tally < model->tally_count) {
		uint32_t lock = model->tallies[tallies[tally]].lock;
		struct object object = {.model = model, .lock = &model->locks[lock]};

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
	free(events);
	free(tallies);
}
