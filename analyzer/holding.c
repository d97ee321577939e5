/* Owns what is known of one hold and one need, and the case of one thread that ends the wait. */
#include "holding_private.h"

#include <stdlib.h>

#include "across.h"
#include "bisect.h"
#include "compare.h"
#include "file_owner.h"
#include "lock_all.h"
#include "tries.h"
#include "xalloc.h"

/* Steps along paths, and looks at nodes, at most. */
#define MAX_STEPS (1u << 24)
/* The same of schedules that are tried. */
#define MAX_TRIAL_STEPS (1u << 26)

bool holding_spend(struct holding *holding)
{
	if (holding->steps_left == 0)
		return false;
	holding->steps_left--;
	return true;
}

/* What it would have done had the lock been taken: the flags of that. */
static unsigned flags_of(struct holding *holding, uint32_t index)
{
	const struct node *node = node_of(holding, index);
	const unsigned flags = op_flags(node->op);

	if (!(flags & TRACE_OP_TRY))
		return flags;
	if (lock_all_waits(holding->analysis->symbols, node))
		return flags & ~TRACE_OP_TRY;
	if (!holding->judged)
		holding->tries = tries_judge(holding->model, holding->analysis->symbols);
	holding->judged = true;
	return holding->tries ? try_flags(node->op, holding->tries[index]) : flags;
}

bool holding_asks(struct holding *holding, uint32_t index)
{
	const struct node *node = node_of(holding, index);

	return node->count > 0 && !node->implied &&
	       !(flags_of(holding, index) & (TRACE_OP_TRY | TRACE_OP_SIGNAL | TRACE_OP_WAIT));
}

struct holding_wait holding_wait_of(const struct model *model, uint32_t acquire)
{
	const struct event *event = &model->events[acquire];

	return (struct holding_wait){
		.thread = event->thread,
		.epoch = event->epoch,
		.lock = event->lock,
		.node = event->node,
		.stack = event->stack,
		.act = event->act,
		.event = acquire,
		.joined = NO_INDEX,
	};
}

bool holding_waits(struct holding *holding, const struct holding_wait *wait)
{
	return wait->node != NO_INDEX && wait->epoch &&
	       (!(op_flags(wait->act) & TRACE_OP_TRY) ||
		tries_are_requests(holding->analysis->symbols, wait->stack));
}

bool holding_is_timed(struct holding *holding, uint32_t index)
{
	return flags_of(holding, index) & TRACE_OP_TIMED;
}

/* In the order of threads and epochs, before that epoch of that thread. */
static bool across_before(const struct model *model, uint32_t index, uint32_t thread,
			  uint32_t epoch)
{
	const struct across *across = &model->across[index];
	const uint32_t owner = model->nodes[across->node].thread;

	return owner != thread ? owner < thread : across->first < epoch;
}

static void list_across(struct holding *holding)
{
	const struct model *model = holding->model;

	holding->across_count = model->across_count;
	holding->across = across_sorted(model);
}

/* The last epoch, up to that one, in which the node was acquired. False: there is none. */
static bool last_until(const struct model *model, const struct node *node, uint32_t most,
		       uint32_t *epoch)
{
	bool found = false;

	for (uint32_t i = 0; i < node->span_count; i++) {
		const struct span *span = &model->spans[node->first_span + i];

		if (span->first > most)
			break;
		/* Of what is taken inside nothing only the two ends are known. */
		if (span->last <= most)
			*epoch = span->last;
		else
			*epoch = node->parent == NO_INDEX ? span->first : most;
		found = true;
	}
	return found;
}

static bool has_lock(struct holding *holding, uint32_t path, uint32_t lock)
{
	while (path != NO_INDEX && node_of(holding, path)->lock != lock && holding_spend(holding))
		path = node_of(holding, path)->parent;
	return path != NO_INDEX && holding->steps_left > 0;
}

/* The epoch in which the thread took what it still holds in that one. */
static uint32_t begin_of_hold(struct holding *holding, uint32_t outer, uint32_t epoch)
{
	const struct model *model = holding->model;
	const uint32_t thread = node_of(holding, outer)->thread;
	size_t i = BISECT(0, holding->across_count, k,
			  across_before(model, holding->across[k], thread, epoch));

	while (i-- > 0 && holding_spend(holding)) {
		const struct across *across = &model->across[holding->across[i]];

		if (node_of(holding, across->node)->thread != thread || across->last + 1 < epoch ||
		    !has_lock(holding, across->node, node_of(holding, outer)->lock))
			break;
		epoch = across->first;
	}
	return epoch;
}

/* The same, where the last time that it was taken so is known. */
uint32_t holding_since(struct holding *holding, uint32_t outer, uint32_t epoch)
{
	const struct node *node = node_of(holding, outer);
	const struct span *last =
		&holding->model
			 ->spans[node->first_span + (node->span_count ? node->span_count - 1 : 0)];

	if (node->span_count && last->last <= epoch)
		return last->last;
	return begin_of_hold(holding, outer, epoch);
}

static bool excludes(const struct holding *holding, const struct node *held,
		     const struct node *taken)
{
	return !node_is_void(holding->model, held) &&
	       lock_excludes(holding->model, held->taken, taken->taken) &&
	       !(op_flags(held->op) & op_flags(taken->op) & TRACE_OP_SHARED);
}

bool holding_may_tell(struct holding *holding, const struct holding_keep *keep,
		      const struct holding_need *need)
{
	const struct node *outer = node_of(holding, keep->outer);
	const struct telling telling = {outer->thread, keep->since, outer->lock, need->node,
					need->epoch};

	return told_otherwise(holding->told, &telling);
}

/* Whether the other one has something there from before the thread took it, which that holds, too:
 * it has given it back by then. */
static bool is_past(struct holding *holding, const struct holding_keep *keep,
		    const struct holding_need *need)
{
	const uint32_t thread = node_of(holding, keep->outer)->thread;
	const uint32_t other = node_of(holding, need->node)->thread;

	for (uint32_t at = node_of(holding, keep->outer)->parent; at != NO_INDEX;
	     at = node_of(holding, at)->parent)
		for (uint32_t had = node_of(holding, need->node)->parent; had != NO_INDEX;
		     had = node_of(holding, had)->parent) {
			if (!holding_spend(holding))
				return false;
			if (node_of(holding, had)->lock == node_of(holding, at)->lock &&
			    excludes(holding, node_of(holding, had), node_of(holding, at)) &&
			    order_before(holding->analysis->order, other,
					 holding_since(holding, had, need->epoch), thread,
					 holding_since(holding, at, keep->since)))
				return true;
		}
	return false;
}

bool holding_may_wait(struct holding *holding, const struct holding_keep *keep,
		      const struct holding_need *need)
{
	const struct node *outer = node_of(holding, keep->outer),
			  *needs = node_of(holding, need->node);
	struct order *order = holding->analysis->order;

	return excludes(holding, outer, needs) &&
	       !order_before(order, needs->thread, need->epoch, outer->thread, keep->since) &&
	       !is_past(holding, keep, need) && !holding_may_tell(holding, keep, need);
}

struct held_back *holding_held_back(struct holding *holding)
{
	if (!holding->held_back)
		holding->held_back = held_back_new(holding->model, holding->analysis->order,
						   holding->units, holding->told);
	return holding->held_back;
}

/* Whether the waiter may come to the wait without what the other one does afterwards, by any of
 * several ways: order.h knows only of what each of them needs. */
static bool may_come(struct holding *holding, const struct holding_found *at)
{
	const struct held_point wait = {at->wait.thread, at->wait.epoch, NO_INDEX};
	const struct held_point point = {node_of(holding, at->needs[0].node)->thread,
					 at->needs[0].epoch, at->needs[0].node};

	return held_back_may_come(holding_held_back(holding), &wait, &point, 1,
				  &holding->trial_steps_left);
}

/* In which epoch the first was taken of what is held on the path. */
static uint32_t first_since(struct holding *holding, uint32_t path, uint32_t epoch)
{
	uint32_t first = epoch;

	for (; path != NO_INDEX && holding_spend(holding); path = node_of(holding, path)->parent) {
		const uint32_t since = holding_since(holding, path, epoch);

		first = since < first ? since : first;
	}
	return first;
}

struct held_stop holding_stop_of(struct holding *holding, const struct holding_wait *wait)
{
	return (struct held_stop){
		.thread = wait->thread,
		.epoch = wait->epoch - 1,
		.since = first_since(holding, wait->node, wait->epoch - 1),
		.node = wait->node,
		.waits = true,
	};
}

/*
 * Whether both can be there at once: others may hold something on the way of the one, as the other
 * one itself, that they do not give back before. Where that hangs on more than locks and what
 * orders threads for certain, it may be.
 */
static bool may_meet(struct holding *holding, const struct holding_found *at)
{
	const struct holding_need *need = &at->needs[0];
	const struct node *node = node_of(holding, need->node);
	const struct held_stop stops[] = {
		holding_stop_of(holding, &at->wait),
		{
			.thread = node->thread,
			.epoch = need->epoch,
			.since = first_since(holding, node->parent, need->epoch),
			.node = need->node,
		},
	};
	uint64_t reach, most;

	return held_back_circle(holding_held_back(holding), stops, 2, NULL, 0, &reach, &most,
				&holding->trial_steps_left) ||
	       !held_back_was_sure(holding_held_back(holding)) || !holding->trial_steps_left;
}

/* Whether the other one may take the lock before the waiter does, as in the recorded run: whoever
 * ended the wait then had to. */
static bool may_be_first(struct holding *holding, const struct holding_found *at)
{
	return !order_before(holding->analysis->order, node_of(holding, at->outer)->thread,
			     at->since, node_of(holding, at->needs[0].node)->thread,
			     at->needs[0].epoch);
}

/* Where the releasing thread took the lock of at->outer. */
static bool find_need(struct holding *holding, const struct event *release,
		      struct holding_found *at)
{
	const uint32_t lock = node_of(holding, at->outer)->lock;
	const struct holding_keep keep = {at->outer, at->since};
	struct holding_need *need = &at->needs[0];
	size_t count;
	const uint32_t *taken = told_taken(holding->told, release->thread, lock, &count);

	for (size_t i = 0; i < count && holding_spend(holding); i++) {
		need->node = taken[i];
		if (holding_asks(holding, need->node) &&
		    last_until(holding->model, node_of(holding, need->node), release->epoch,
			       &need->epoch) &&
		    holding_may_wait(holding, &keep, need) && may_be_first(holding, at) &&
		    may_come(holding, at) && may_meet(holding, at))
			return true;
	}
	return false;
}

/*
 * Who waits for a condition may be woken for nothing, and waits again: of several who signal it
 * then it is not known who was needed.
 */
static bool is_known_for(struct holding *holding, const struct event *release,
			 const struct event *acquire)
{
	const struct model *model = holding->model;

	if (release->kind != TRACE_EVENT_signalled)
		return true;
	for (size_t i = 0; i < model->tally_count && holding_spend(holding); i++) {
		const struct tally *tally = &model->tallies[i];

		if (tally->lock == release->lock && tally->kind == TRACE_EVENT_signalled &&
		    tally->thread != release->thread && tally->thread != acquire->thread)
			return false;
	}
	return true;
}

bool holding_by_one(struct holding *holding, uint32_t release, uint32_t acquire,
		    struct holding_found *found)
{
	const struct event *from = &holding->model->events[release];
	const struct event *to = &holding->model->events[acquire];
	struct holding_found at = {.wait = holding_wait_of(holding->model, acquire), .count = 1};
	bool any = false;

	if (from->thread == to->thread || !holding_waits(holding, &at.wait) ||
	    !is_known_for(holding, from, to))
		return false;
	/* What the waiter held when it came back, from the outside. */
	for (at.outer = to->node; at.outer != NO_INDEX && holding_spend(holding);
	     at.outer = node_of(holding, at.outer)->parent) {
		at.since = holding_since(holding, at.outer, to->epoch - 1);
		if (!find_need(holding, from, &at))
			continue;
		*found = at;
		any = true;
	}
	if (any)
		found->timed = holding_is_timed(holding, found->needs[0].node);
	return any;
}

static bool may_ask(const struct node *node)
{
	return node->count > 0 && !node->implied &&
	       !(op_flags(node->op) & (TRACE_OP_SIGNAL | TRACE_OP_WAIT));
}

static int by_lock(const void *left, const void *right, void *context)
{
	const struct node *nodes = context;
	const uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;

	if (nodes[x].lock != nodes[y].lock)
		return compare_numbers(nodes[x].lock, nodes[y].lock);
	return nodes[x].thread != nodes[y].thread
		       ? compare_numbers(nodes[x].thread, nodes[y].thread)
		       : compare_numbers(x, y);
}

static void list_askers(struct holding *holding)
{
	const struct model *model = holding->model;

	holding->askers = xcalloc(model->node_count + 1, sizeof(*holding->askers));
	for (uint32_t i = 0; i < model->node_count; i++)
		if (may_ask(&model->nodes[i]))
			holding->askers[holding->asker_count++] = i;
	if (holding->asker_count)
		qsort_r(holding->askers, holding->asker_count, sizeof(*holding->askers), by_lock,
			model->nodes);
}

const uint32_t *holding_askers(struct holding *holding, uint32_t lock, size_t *count)
{
	size_t first;

	if (!holding->askers)
		list_askers(holding);
	first = BISECT(0, holding->asker_count, i,
		       node_of(holding, holding->askers[i])->lock < lock);
	*count = BISECT(first, holding->asker_count, i,
			node_of(holding, holding->askers[i])->lock <= lock) -
		 first;
	return holding->askers + first;
}

struct holding *holding_new(struct analysis *analysis, const struct sync_units *units)
{
	struct holding *holding = xcalloc(1, sizeof(*holding));

	holding->analysis = analysis;
	holding->model = analysis->model;
	holding->units = units;
	holding->steps_left = MAX_STEPS;
	holding->trial_steps_left = MAX_TRIAL_STEPS;
	holding->told = told_new(analysis->model);
	list_across(holding);
	return holding;
}

void holding_free(struct holding *holding)
{
	told_free(holding->told);
	held_back_free(holding->held_back);
	free(holding->askers);
	free(holding->tries);
	free(holding->across);
	free(holding);
}

bool holding_is_whole(const struct holding *holding)
{
	return holding->steps_left && holding->trial_steps_left;
}
