/* Owns what waits in vain say of order. */
#include "sync_again.h"

#include <stdlib.h>

#include "bisect.h"
#include "compare.h"
#include "xalloc.h"

static int compare_with(const struct node *node, uint32_t lock, uint32_t thread, uint32_t parent)
{
	if (node->lock != lock)
		return compare_numbers(node->lock, lock);
	return node->thread != thread ? compare_numbers(node->thread, thread)
				      : compare_numbers(node->parent, parent);
}

static int by_place(const void *left, const void *right, void *context)
{
	const struct node *nodes = context;
	const struct node *b = &nodes[*(const uint32_t *)right];

	return compare_with(&nodes[*(const uint32_t *)left], b->lock, b->thread, b->parent);
}

size_t takers_first(const struct takers *takers, const struct model *model, uint32_t lock,
		    uint32_t thread, uint32_t parent)
{
	return BISECT(0, takers->count, i,
		      compare_with(&model->nodes[takers->nodes[i]], lock, thread, parent) < 0);
}

static bool was_woken(const struct model *model)
{
	for (size_t i = 0; i < model->tally_count; i++)
		if (model->tallies[i].kind == TRACE_EVENT_woken ||
		    model->tallies[i].kind == TRACE_EVENT_woken_again)
			return true;
	return false;
}

struct takers takers_of(const struct model *model)
{
	struct takers takers = {0};

	if (!was_woken(model) || !model->node_count)
		return takers;
	takers.nodes = xcalloc(model->node_count, sizeof(*takers.nodes));
	takers.count = model->node_count;
	for (uint32_t i = 0; i < model->node_count; i++)
		takers.nodes[i] = i;
	qsort_r(takers.nodes, takers.count, sizeof(*takers.nodes), by_place, model->nodes);
	return takers;
}

/* Whether all that ever took the lock are this thread and those of the runs. */
static bool takers_are(const struct takers *takers, const struct model *model, uint32_t lock,
		       const struct run *runs, size_t count, uint32_t thread)
{
	size_t i = takers_first(takers, model, lock, 0, 0);

	for (; i < takers->count && model->nodes[takers->nodes[i]].lock == lock; i++) {
		const uint32_t taker = model->nodes[takers->nodes[i]].thread;
		size_t run = BISECT(0, count, k, runs[k].tally->thread < taker);

		if (taker != thread && (run == count || runs[run].tally->thread != taker))
			return false;
	}
	return true;
}

/* Whether all that was ever done with the mutex was to signal, but for what that thread did. */
static bool is_told_all(const struct object *object, const struct sides *sides, uint32_t waiter)
{
	const struct model *model = object->model;
	uint32_t mutex = NO_INDEX;

	for (size_t i = 0; i < sides->from_count; i++) {
		const struct run *from = &sides->from[i];
		const uint32_t lock =
			from->count ? model->nodes[model->events[from->events[0]].node].lock
				    : NO_INDEX;

		mutex = i ? mutex : lock;
		if (from->count != from->tally->count || lock == NO_INDEX || lock != mutex)
			return false;
	}
	return mutex != NO_INDEX &&
	       takers_are(object->takers, model, mutex, sides->from, sides->from_count, waiter);
}

/* As for semaphores, with the waits in vain among the others. */
static bool pair_all(const struct object *object, const struct run *from, const struct run *woken,
		     const struct run *again, uint64_t others, struct order_edges *edges)
{
	const struct event *events = object->model->events;
	size_t i = 0, j = 0;

	while (i < woken->count || j < again->count) {
		const bool first = j == again->count ||
				   (i < woken->count && events[woken->events[i]].number <
								events[again->events[j]].number);
		const uint32_t acquire = first ? woken->events[i++] : again->events[j++];

		if (i + j <= others || i + j - others > from->count)
			continue;
		const uint32_t release = from->events[i + j - others - 1];
		const uint32_t leaves = signal_sections_before(object->sections, &events[release]);

		if (events[acquire].number < events[release].number)
			return false;
		if (leaves == NO_INDEX)
			continue;
		order_edges_add(edges, &(struct order_edge){
					       .from = events[release].thread,
					       .leaves = leaves,
					       .to = events[acquire].thread,
					       .arrives = events[acquire].epoch,
					       .release = release,
					       .acquire = acquire,
				       });
	}
	return true;
}

bool sync_again_pair(const struct object *object, const struct sides *sides,
		     struct order_edges *edges)
{
	const struct sides again = sides_of(object, TRACE_EVENT_signalled, TRACE_EVENT_woken_again);
	const struct run *to = again.to_count == 1 && sides->to_count == 1 ? sides->to : NULL;
	uint64_t all = 0;
	bool good = true;

	if (to && again.to[0].tally->thread == to->tally->thread &&
	    is_told_all(object, sides, to->tally->thread)) {
		for (size_t i = 0; i < sides->from_count; i++)
			all += sides->from[i].count;
		for (size_t i = 0; good && i < sides->from_count; i++)
			if (sides->from[i].tally->thread != to->tally->thread)
				good = pair_all(object, &sides->from[i], to, &again.to[0],
						all - sides->from[i].count, edges);
	}
	sides_free(&again);
	return good;
}
