/* Owns which signals of a condition are known to come at once after what was done under the lock
 * that its waiters give back. */
#include "sync_outer.h"

#include "bisect.h"

enum { MOST_ALIKE = 64 }; /* nodes of one lock, thread and parent that are looked at */

static bool may_look(const struct object *object)
{
	return *object->takers->looks && --*object->takers->looks;
}

static const struct node *taker_at(const struct object *object, size_t i)
{
	return &object->model->nodes[object->takers->nodes[i]];
}

/* Whether a thread that took the mutex so gave back the lock around it, and waited then. */
static bool gave_back(const struct object *object, const struct node *node)
{
	const uint32_t parent = object->model->nodes[node->parent].parent;
	const size_t first =
		takers_first(object->takers, object->model, node->lock, node->thread, parent);
	bool stayed = false, again = false;

	for (size_t i = first; i < object->takers->count && i < first + MOST_ALIKE; i++) {
		const struct node *other = taker_at(object, i);

		if (other->lock != node->lock || other->thread != node->thread ||
		    other->parent != parent)
			break;
		/* Never taken so: what stayed held. */
		stayed |= other->count == 0 && other->stack == node->stack && other->op == node->op;
		again |= (op_flags(other->op) & TRACE_OP_REACQUIRE) != 0;
	}
	return stayed && again;
}

static bool is_waiter(const struct sides *sides, uint32_t thread)
{
	const size_t i = BISECT(0, sides->to_count, k, sides->to[k].tally->thread < thread);

	return i < sides->to_count && sides->to[i].tally->thread == thread;
}

uint32_t sync_outer_lock(const struct object *object, const struct sides *sides)
{
	const struct model *model = object->model;
	const struct run *from = sides->from;
	uint32_t mutex;

	while (from < sides->from + sides->from_count && !from->count)
		from++;
	if (from == sides->from + sides->from_count)
		return NO_INDEX;
	mutex = model->nodes[model->events[from->events[0]].node].lock;
	for (size_t i = takers_first(object->takers, model, mutex, 0, 0);
	     i < object->takers->count && taker_at(object, i)->lock == mutex && may_look(object);
	     i++) {
		const struct node *node = taker_at(object, i);

		if (node->count && node->parent != NO_INDEX && is_waiter(sides, node->thread) &&
		    gave_back(object, node))
			return model->nodes[node->parent].lock;
	}
	return NO_INDEX;
}

/* How often the thread of the signal had taken the lock; `last`: where it did in that epoch. */
static uint64_t count_taken(const struct object *object, const struct event *signal, uint32_t outer,
			    uint32_t *last)
{
	const struct model *model = object->model;
	uint64_t count = 0;

	for (size_t i = takers_first(object->takers, model, outer, signal->thread, 0);
	     i < object->takers->count && may_look(object); i++) {
		const struct node *node = taker_at(object, i);

		if (node->lock != outer || node->thread != signal->thread)
			break;
		if (!node->count || model->spans[node->first_span].first > signal->epoch)
			continue;
		count += node->count;
		if (node_was_taken(model, node, signal->epoch, signal->epoch))
			*last = object->takers->nodes[i];
	}
	return count;
}

/* Whether all that the thread took in the epoch that the signal ends came before the outer lock,
 * or inside of it: nodes are in the order in which they were met first. */
static bool is_last_section(const struct object *object, const struct event *signal, uint32_t last)
{
	const struct model *model = object->model;
	const uint32_t mutex = model->nodes[signal->node].lock;

	if (last == NO_INDEX || model->nodes[last].count != 1)
		return false;
	for (uint32_t i = 0; i < model->node_count && may_look(object); i++) {
		const struct node *node = &model->nodes[i];

		if (i == last || node->thread != signal->thread || node->lock == mutex ||
		    op_flags(node->op) & TRACE_OP_SIGNAL ||
		    !node_was_taken(model, node, signal->epoch, signal->epoch))
			continue;
		if (node->count != 1 ||
		    (i > last && !path_has_lock(model, node->parent, model->nodes[last].lock)))
			return false;
	}
	return true;
}

/* Whether it told of all that it did under the outer lock, each time at once. */
static bool is_told(const struct object *object, const struct run *from, size_t i, uint32_t outer)
{
	const struct event *signal = &object->model->events[from->events[i]];
	uint32_t last = NO_INDEX;
	const uint64_t taken = count_taken(object, signal, outer, &last);

	if (path_has_lock(object->model, signal->node, outer))
		return taken <= from->count;
	return taken == i + 1 && is_last_section(object, signal, last);
}

void sync_outer_limit(const struct object *object, struct sides *sides, uint32_t outer)
{
	for (size_t i = 0; i < sides->from_count; i++) {
		struct run *from = &sides->from[i];
		size_t told = 0;

		/* Which waits are in vain is not recorded: it takes the lock in between. */
		if (sides->from_count == 1 && (sides->to_count == 1 || from->tally->count == 1))
			while (told < from->count && is_told(object, from, told, outer))
				told++;
		from->count = told;
	}
}
