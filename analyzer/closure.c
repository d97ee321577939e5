/* The least fixed point of the demands that stops make. */
#include "closure.h"
#include "bisect.h"
#include "demand.h"
#include "xalloc.h"
#include <stdlib.h>

/* Demands looked at, for all questions together. */
#define CLOSURE_BUDGET (1u << 25)

struct closure {
	const struct model *model;
	const struct sections *sections;
	struct demands *demands;
	uint32_t *across;     /* by thread, then epoch */
	size_t *first_across; /* of each thread */
	uint64_t budget;
	/* The question at hand. */
	const struct stop *stops;
	size_t stop_count;
	int64_t *reached;    /* of each thread: an epoch; -1: not begun */
	size_t *next_demand; /* of each thread */
	uint32_t *touched;   /* threads that were reached */
	size_t touched_count;
	struct point {
		uint32_t thread, epoch;
	} * open; /* threads that go on */
	size_t open_count, open_size;
	size_t early;	     /* the stop that comes too early, */
	uint32_t not_before; /* and where it may come */
};

static int compare_across(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	const struct across *a = &model->across[*(const uint32_t *)left];
	const struct across *b = &model->across[*(const uint32_t *)right];
	uint32_t x = model->nodes[a->node].thread, y = model->nodes[b->node].thread;
	return x != y ? compare_u32(x, y) : compare_u32(a->first, b->first);
}

static void list_across(struct closure *closure)
{
	const struct model *model = closure->model;
	closure->across = xcalloc(model->across_count, sizeof(*closure->across));
	closure->first_across = xcalloc(model->thread_count + 2, sizeof(*closure->first_across));
	for (uint32_t i = 0; i < model->across_count; i++) {
		closure->across[i] = i;
		closure->first_across[model->nodes[model->across[i].node].thread + 1]++;
	}
	if (model->across_count)
		qsort_r(closure->across, model->across_count, sizeof(*closure->across),
			compare_across, (void *)model);
	for (size_t i = 0; i < model->thread_count; i++)
		closure->first_across[i + 1] += closure->first_across[i];
}

struct closure *closure_new(const struct sections *sections)
{
	struct closure *closure = xcalloc(1, sizeof(*closure));
	const struct model *model = sections->model;
	closure->model = model;
	closure->sections = sections;
	closure->reached = xcalloc(model->thread_count, sizeof(*closure->reached));
	closure->next_demand = xcalloc(model->thread_count, sizeof(*closure->next_demand));
	closure->touched = xcalloc(model->thread_count, sizeof(*closure->touched));
	closure->budget = CLOSURE_BUDGET;
	for (size_t i = 0; i < model->thread_count; i++)
		closure->reached[i] = -1;
	closure->demands = demands_new(sections);
	list_across(closure);
	return closure;
}

void closure_free(struct closure *closure)
{
	if (!closure)
		return;
	demands_free(closure->demands);
	free(closure->across);
	free(closure->first_across);
	free(closure->reached);
	free(closure->next_demand);
	free(closure->touched);
	free(closure->open);
	free(closure);
}

/* Whether the thread held something at the end of that epoch, and until the end of which. */
static bool holds_across(const struct closure *closure, uint32_t thread, uint32_t epoch,
			 uint32_t *last)
{
	size_t low = BISECT(closure->first_across[thread], closure->first_across[thread + 1], i,
			    closure->model->across[closure->across[i]].last < epoch);
	if (low == closure->first_across[thread + 1] ||
	    closure->model->across[closure->across[low]].first > epoch)
		return false;
	*last = closure->model->across[closure->across[low]].last;
	return true;
}

static const struct stop *stop_of(const struct closure *closure, uint32_t thread)
{
	for (size_t i = 0; i < closure->stop_count; i++)
		if (closure->stops[i].thread == thread)
			return &closure->stops[i];
	return NULL;
}

/* The thread must get so far. False: that is after its stop. */
static bool require(struct closure *closure, uint32_t thread, uint32_t epoch)
{
	const struct stop *stop = stop_of(closure, thread);
	if (closure->reached[thread] >= (int64_t)epoch)
		return true;
	if (stop && epoch > stop->epoch) {
		closure->early = stop - closure->stops;
		closure->not_before = epoch;
		return false;
	}
	if (closure->open_count == closure->open_size) {
		closure->open_size = closure->open_size ? 2 * closure->open_size : 64;
		closure->open =
			xreallocarray(closure->open, closure->open_size, sizeof(*closure->open));
	}
	closure->open[closure->open_count++] = (struct point){thread, epoch};
	return true;
}

static bool gave_way_to(const struct closure *closure, const struct event *release,
			const struct event *event, uint32_t before)
{
	if (event->kind == TRACE_EVENT_left && closure->demands->in_step[event->lock])
		return release->index <= event->index;
	return release->number < before;
}

/* All that gave way with the event's object before it, as far as it needs that. */
static bool require_event(struct closure *closure, const struct demand *demand)
{
	const struct model *model = closure->model;
	const struct event *event = &model->events[demand->what];
	size_t low = BISECT(0, closure->demands->release_count, i,
			    model->events[closure->demands->releases[i]].lock < event->lock);
	for (; low < closure->demands->release_count; low++) {
		const struct event *release = &model->events[closure->demands->releases[low]];
		if (release->lock != event->lock)
			break;
		if (closure->budget > 0)
			closure->budget--;
		if (release->thread != event->thread &&
		    gave_way_to(closure, release, event, demand->until) &&
		    !require(closure, release->thread, release->epoch + 1))
			return false;
	}
	return true;
}

/* All others have done the last of what they did with that lock. */
static bool require_lasts(struct closure *closure, const struct lasts *lasts, uint32_t thread,
			  uint32_t lock)
{
	for (size_t i = lasts_find(lasts, lock); i < lasts->count; i++) {
		const struct last *last = &lasts->items[i];
		if (last->lock != lock)
			break;
		if (closure->budget > 0)
			closure->budget--;
		if (last->thread != thread && !require(closure, last->thread, last->epoch + 1))
			return false;
	}
	return true;
}

/* Whether the stop comes before the acquisition that the demand is about. */
static bool is_behind(const struct closure *closure, const struct stop *stop,
		      const struct demand *demand)
{
	if (!stop || demand->node == NO_INDEX || demand->epoch != stop->epoch)
		return false;
	return demand->node == stop->node || (stop->first && demand->node > stop->node &&
					      !node_is_reused(closure->sections, demand->node));
}

static bool meet(struct closure *closure, const struct demand *demand)
{
	switch (demand->kind) {
	case DEMAND_POINT:
		return require(closure, demand->what, demand->until);
	case DEMAND_EVENT:
		return require_event(closure, demand);
	case DEMAND_SIGNALS:
		return require_lasts(closure, &closure->demands->signals, demand->thread,
				     demand->what);
	case DEMAND_INITIALISERS:
		return require_lasts(closure, &closure->demands->initialisers, demand->thread,
				     demand->what);
	case DEMAND_NEVER:
		break;
	}
	return false;
}

/* Where a thread that must get to that epoch holds nothing. */
static uint32_t free_epoch(const struct closure *closure, uint32_t thread, uint32_t epoch)
{
	uint32_t last;
	while (epoch > 0 && epoch < DEMAND_END && holds_across(closure, thread, epoch - 1, &last) &&
	       holds_across(closure, thread, epoch, &last))
		epoch = last + 1;
	return epoch;
}

/* Whether the demand comes after the place where the thread, which is no stop's, is to stop: the
 * beginning of that epoch, when it holds nothing there. */
static bool is_past(const struct closure *closure, const struct demand *demand, uint32_t epoch)
{
	uint32_t last;
	if (demand->epoch != epoch)
		return demand->epoch > epoch;
	return demand->node != NO_INDEX &&
	       !(epoch > 0 && holds_across(closure, demand->thread, epoch - 1, &last));
}

static bool go_on(struct closure *closure, uint32_t thread, uint32_t epoch)
{
	const struct stop *stop = stop_of(closure, thread);
	if (!stop)
		epoch = free_epoch(closure, thread, epoch);
	if (closure->reached[thread] >= (int64_t)epoch)
		return true;
	if (closure->reached[thread] < 0) {
		closure->touched[closure->touched_count++] = thread;
		closure->next_demand[thread] = closure->demands->first[thread];
	}
	closure->reached[thread] = epoch;
	while (closure->next_demand[thread] < closure->demands->first[thread + 1]) {
		const struct demand *demand =
			&closure->demands->items[closure->next_demand[thread]];
		if (stop ? demand->epoch > epoch : is_past(closure, demand, epoch))
			break;
		closure->next_demand[thread]++;
		if (closure->budget == 0)
			return false;
		closure->budget--;
		if (!is_behind(closure, stop, demand) && !meet(closure, demand))
			return false;
	}
	return true;
}

static void forget(struct closure *closure)
{
	while (closure->touched_count > 0)
		closure->reached[closure->touched[--closure->touched_count]] = -1;
	closure->open_count = 0;
}

enum closure_answer closure_find(struct closure *closure, const struct stop *stops, size_t count,
				 size_t *which, uint32_t *epoch)
{
	bool good = true;
	closure->stops = stops;
	closure->stop_count = count;
	closure->early = count;
	for (size_t i = 0; good && i < count; i++) {
		uint32_t last;
		if (stops[i].epoch > 0 &&
		    holds_across(closure, stops[i].thread, stops[i].epoch - 1, &last)) {
			*which = i;
			*epoch = last + 2;
			forget(closure);
			return CLOSURE_EARLY;
		}
		good = require(closure, stops[i].thread, stops[i].epoch);
	}
	while (good && closure->open_count > 0) {
		const struct point *point = &closure->open[--closure->open_count];
		good = go_on(closure, point->thread, point->epoch);
	}
	forget(closure);
	if (good)
		return CLOSURE_GOOD;
	*which = closure->early;
	*epoch = closure->not_before;
	return closure->early < count ? CLOSURE_EARLY : CLOSURE_NONE;
}
