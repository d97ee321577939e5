/* Demands of steps, and their fixed point. */
#include "closure.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* The end of a thread, as an epoch. */
#define END (UINT32_MAX - 1)
/* Demands looked at, for all questions together. */
#define CLOSURE_BUDGET (1u << 25)

enum demand_kind {
	DEMAND_POINT,	/* that another thread is in that epoch */
	DEMAND_EVENT,	/* what came before an event */
	DEMAND_SIGNALS, /* what is signalled under a mutex */
	DEMAND_NEVER,	/* not known what */
};

/* Of a step of a thread into an epoch, or, there, of the acquisition of a node. */
struct demand {
	uint32_t thread, epoch;
	uint32_t node; /* NO_INDEX: of the step */
	enum demand_kind kind;
	uint32_t what;	/* thread, event or mutex */
	uint32_t until; /* the other thread's epoch */
};

/* The last that a thread signals under a mutex. */
struct signalling {
	uint32_t mutex, thread, epoch;
};

struct closure {
	const struct model *model;
	const struct sections *sections;
	struct demand *demands; /* by thread, then epoch */
	size_t demand_count, demand_size;
	size_t *first_demand; /* of each thread; one more than there are threads */
	uint32_t *across;     /* by thread, then epoch */
	size_t *first_across; /* of each thread */
	uint32_t *releases;   /* events, by lock, thread and number */
	size_t release_count;
	struct signalling *signals; /* by mutex */
	size_t signal_count;
	bool *in_step; /* of each lock: a barrier for all who ever came to it: rounds are in step */
	bool *vague;   /* of each lock: not all that gives way with it is known */
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

static int compare_across(const void *left, const void *right)
{
	const struct across *a = &sorted_model->across[*(const uint32_t *)left];
	const struct across *b = &sorted_model->across[*(const uint32_t *)right];
	uint32_t x = sorted_model->nodes[a->node].thread, y = sorted_model->nodes[b->node].thread;
	return x != y ? compare_u32(x, y) : compare_u32(a->first, b->first);
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
	       kind == TRACE_EVENT_signalled || kind == TRACE_EVENT_before;
}

static void demand_add(struct closure *closure, struct demand demand)
{
	if (closure->demand_count == closure->demand_size) {
		closure->demand_size = closure->demand_size ? 2 * closure->demand_size : 256;
		closure->demands = xreallocarray(closure->demands, closure->demand_size,
						 sizeof(*closure->demands));
	}
	closure->demands[closure->demand_count++] = demand;
}

static void list_threads(struct closure *closure)
{
	const struct model *model = closure->model;
	for (uint32_t i = 0; i < model->thread_count; i++) {
		const struct thread *thread = &model->threads[i];
		uint32_t wait = closure->sections->wait_epoch[i];
		if (thread->creator != NO_INDEX)
			demand_add(closure,
				   (struct demand){i, 0, NO_INDEX, DEMAND_POINT, thread->creator,
						   thread->create_epoch + 1});
		if (thread->state & TRACE_THREAD_JOINED && thread->joined_by != NO_INDEX)
			demand_add(closure, (struct demand){thread->joined_by, thread->join_epoch,
							    NO_INDEX, DEMAND_POINT, i, END});
		if (thread->blind > 0)
			demand_add(closure, (struct demand){i, thread->blind - 1, NO_INDEX,
							    DEMAND_NEVER, 0, 0});
		if (wait != UINT32_MAX)
			demand_add(closure,
				   (struct demand){i, wait, closure->sections->wait_node[i],
						   DEMAND_NEVER, 0, 0});
	}
}

/* An object is vague when not each time that somebody gave way with it is an event. */
static void find_vague(struct closure *closure)
{
	const struct model *model = closure->model;
	int64_t *missing = xcalloc(model->lock_count + 1, sizeof(*missing));
	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];
		if (!gives_way(tally->kind))
			continue;
		missing[tally->lock] += tally->count;
		closure->vague[tally->lock] |= tally->flags & TRACE_TALLY_MORE;
	}
	for (size_t i = 0; i < model->event_count; i++)
		missing[model->events[i].lock] -= gives_way(model->events[i].kind);
	for (size_t i = 0; i < model->lock_count; i++)
		closure->vague[i] |= missing[i] != 0 || model->locks[i].lives > 1 ||
				     model->locks[i].flags & TRACE_LOCK_UNCOUNTED;
	/* A semaphore that was taken for a lock before. */
	for (size_t i = 0; i < model->node_count; i++)
		closure->vague[model->nodes[i].lock] |=
			lock_is_ordering(&model->locks[model->nodes[i].lock]);
	free(missing);
}

/* Barriers to which only so many threads came as they are for: who leaves met all others. */
static void find_in_step(struct closure *closure)
{
	const struct model *model = closure->model;
	uint32_t *parties = xcalloc(model->lock_count + 1, sizeof(*parties));
	for (size_t i = 0; i < model->tally_count; i++)
		parties[model->tallies[i].lock] += model->tallies[i].kind == TRACE_EVENT_arrived;
	for (size_t i = 0; i < model->tally_count; i++)
		if (model->tallies[i].kind == TRACE_EVENT_arrived)
			closure->in_step[model->tallies[i].lock] =
				model->tallies[i].amount == parties[model->tallies[i].lock];
	free(parties);
}

/* Who ran the initialiser of a once that others have passed. */
static void list_initialisers(struct closure *closure, const struct event *event)
{
	const struct model *model = closure->model;
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
		demand_add(closure, (struct demand){event->thread, event->epoch, NO_INDEX,
						    DEMAND_POINT, node->thread, last + 1});
	}
	if (!known)
		demand_add(closure, (struct demand){event->thread, event->epoch, NO_INDEX,
						    DEMAND_NEVER, 0, 0});
}

static void list_events(struct closure *closure)
{
	const struct model *model = closure->model;
	closure->releases = xcalloc(model->event_count, sizeof(*closure->releases));
	for (uint32_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		struct demand demand = {event->thread, event->epoch, NO_INDEX, DEMAND_EVENT, i, 0};
		if (gives_way(event->kind)) {
			closure->releases[closure->release_count++] = i;
			continue;
		}
		if (event->kind == TRACE_EVENT_passed) {
			list_initialisers(closure, event);
			continue;
		}
		if (closure->vague[event->lock] ||
		    (event->kind == TRACE_EVENT_left && !closure->in_step[event->lock]))
			demand.kind = DEMAND_NEVER;
		demand_add(closure, demand);
	}
	sorted_model = model;
	if (closure->release_count)
		qsort(closure->releases, closure->release_count, sizeof(*closure->releases),
		      compare_events);
}

static void signal_add(struct closure *closure, uint32_t node, uint32_t epoch, bool endless)
{
	closure->signals[closure->signal_count++] =
		(struct signalling){closure->model->nodes[node].lock,
				    closure->model->nodes[node].thread, endless ? END - 1 : epoch};
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

static void list_signals(struct closure *closure)
{
	const struct model *model = closure->model;
	bool *endless = find_endless(model);
	size_t kept = 0;
	closure->signals =
		xcalloc(model->event_count + model->signal_count, sizeof(*closure->signals));
	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		if (event->kind == TRACE_EVENT_signalled && event->node != NO_INDEX)
			signal_add(closure, event->node, event->epoch,
				   closure->vague[event->lock] || endless[event->thread]);
	}
	for (size_t i = 0; i < model->signal_count; i++)
		signal_add(closure, model->signals[i].node, model->signals[i].epoch,
			   endless[model->nodes[model->signals[i].node].thread]);
	free(endless);
	if (closure->signal_count)
		qsort(closure->signals, closure->signal_count, sizeof(*closure->signals),
		      compare_signals);
	for (size_t i = 0; i < closure->signal_count; i++) {
		struct signalling *last = kept ? &closure->signals[kept - 1] : NULL;
		if (!last || compare_signals(last, &closure->signals[i]) != 0)
			closure->signals[kept++] = closure->signals[i];
		else if (last->epoch < closure->signals[i].epoch)
			last->epoch = closure->signals[i].epoch;
	}
	closure->signal_count = kept;
}

/* The first signal under that mutex; signal_count: there is none. */
static size_t signals_of(const struct closure *closure, uint32_t mutex)
{
	size_t low = 0, high = closure->signal_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (closure->signals[middle].mutex < mutex)
			low = middle + 1;
		else
			high = middle;
	}
	return low < closure->signal_count && closure->signals[low].mutex == mutex
		       ? low
		       : closure->signal_count;
}

static void list_nodes(struct closure *closure)
{
	const struct model *model = closure->model;
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
		else if (signals_of(closure, node->lock) == closure->signal_count)
			continue;
		demand_add(closure, demand);
	}
}

static void demands_sort(struct closure *closure)
{
	const struct model *model = closure->model;
	closure->first_demand = xcalloc(model->thread_count + 2, sizeof(*closure->first_demand));
	if (closure->demand_count)
		qsort(closure->demands, closure->demand_count, sizeof(*closure->demands),
		      compare_demands);
	for (size_t i = 0; i < closure->demand_count; i++)
		closure->first_demand[closure->demands[i].thread + 1]++;
	for (size_t i = 0; i < model->thread_count; i++)
		closure->first_demand[i + 1] += closure->first_demand[i];
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
	sorted_model = model;
	if (model->across_count)
		qsort(closure->across, model->across_count, sizeof(*closure->across),
		      compare_across);
	for (size_t i = 0; i < model->thread_count; i++)
		closure->first_across[i + 1] += closure->first_across[i];
}

struct closure *closure_new(const struct sections *sections)
{
	struct closure *closure = xcalloc(1, sizeof(*closure));
	const struct model *model = sections->model;
	closure->model = model;
	closure->sections = sections;
	closure->vague = xcalloc(model->lock_count + 1, sizeof(*closure->vague));
	closure->reached = xcalloc(model->thread_count, sizeof(*closure->reached));
	closure->next_demand = xcalloc(model->thread_count, sizeof(*closure->next_demand));
	closure->touched = xcalloc(model->thread_count, sizeof(*closure->touched));
	closure->budget = CLOSURE_BUDGET;
	for (size_t i = 0; i < model->thread_count; i++)
		closure->reached[i] = -1;
	closure->in_step = xcalloc(model->lock_count + 1, sizeof(*closure->in_step));
	find_vague(closure);
	find_in_step(closure);
	list_threads(closure);
	list_events(closure);
	list_signals(closure);
	list_nodes(closure);
	demands_sort(closure);
	list_across(closure);
	return closure;
}

void closure_free(struct closure *closure)
{
	if (!closure)
		return;
	free(closure->demands);
	free(closure->first_demand);
	free(closure->across);
	free(closure->first_across);
	free(closure->releases);
	free(closure->signals);
	free(closure->vague);
	free(closure->in_step);
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
	size_t low = closure->first_across[thread], high = closure->first_across[thread + 1];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (closure->model->across[closure->across[middle]].last < epoch)
			low = middle + 1;
		else
			high = middle;
	}
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
			const struct event *event)
{
	if (event->kind == TRACE_EVENT_left && closure->in_step[event->lock])
		return release->index <= event->index;
	return release->number < event->number;
}

/* All that gave way with the event's object before it. */
static bool require_event(struct closure *closure, const struct event *event)
{
	const struct model *model = closure->model;
	size_t low = 0, high = closure->release_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (model->events[closure->releases[middle]].lock < event->lock)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < closure->release_count; low++) {
		const struct event *release = &model->events[closure->releases[low]];
		if (release->lock != event->lock)
			break;
		if (closure->budget > 0)
			closure->budget--;
		if (release->thread != event->thread && gave_way_to(closure, release, event) &&
		    !require(closure, release->thread, release->epoch + 1))
			return false;
	}
	return true;
}

static bool require_signals(struct closure *closure, uint32_t thread, uint32_t mutex)
{
	size_t i = signals_of(closure, mutex);
	for (; i < closure->signal_count && closure->signals[i].mutex == mutex; i++)
		if (closure->signals[i].thread != thread &&
		    !require(closure, closure->signals[i].thread, closure->signals[i].epoch + 1))
			return false;
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
		return require_event(closure, &closure->model->events[demand->what]);
	case DEMAND_SIGNALS:
		return require_signals(closure, demand->thread, demand->what);
	case DEMAND_NEVER:
		break;
	}
	return false;
}

/* Where a thread that must get to that epoch holds nothing. */
static uint32_t free_epoch(const struct closure *closure, uint32_t thread, uint32_t epoch)
{
	uint32_t last;
	while (epoch > 0 && epoch < END && holds_across(closure, thread, epoch - 1, &last) &&
	       holds_across(closure, thread, epoch, &last))
		epoch = last + 1;
	return epoch;
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
		closure->next_demand[thread] = closure->first_demand[thread];
	}
	closure->reached[thread] = epoch;
	while (closure->next_demand[thread] < closure->first_demand[thread + 1]) {
		const struct demand *demand = &closure->demands[closure->next_demand[thread]];
		if (demand->epoch > epoch)
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
