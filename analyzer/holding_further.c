/*
 * Owns the case of a circle that goes on through further locks: who could end the wait needs one
 * that a third thread holds while it wants the waiter's; or that one needs a lock of a fourth. And
 * that of a join; and that of several locks of the waiter's, of which some need one, some another.
 *
 * The third thread has a stop, as the waiter does: a node by which it wants a lock that another one
 * keeps at its stop, with something held that somebody wants. For each choice of stops all others
 * are held back where they take what is kept at them (holding_search.h). In a schedule in which
 * the threads come to their stops, one after the other with what they then hold, none of them goes
 * on before another one does (held_circle.c).
 */
#include "holding_search.h"

#include <stdlib.h>

#include "section.h"
#include "xalloc.h"

/* Schedules that are tried for one choice of stops, choices of so many stops that are tried for one
 * wait, and nodes that are looked at for these, at most. */
enum { MOST_TRIALS = 12, MOST_CHOICES = 48, MOST_LOOKS = 4096 };

struct further {
	struct search search;
	const struct units *units;
	bool *left_out; /* of each thread; NULL: none */
	struct holding_need wants[HOLDING_FURTHER];
	size_t choices, looks;
	struct holding_found *found;
};

static bool is_timed_any(const struct further *further)
{
	for (size_t i = 0; i + 1 < further->search.stop_count; i++)
		if (holding_is_timed(further->search.holding, further->wants[i].node))
			return true;
	return false;
}

/* Adds what is held on the path; the epoch in which the first of it was taken. False: too many. */
static bool add_keeps(struct search *search, uint32_t path, uint32_t epoch, uint32_t *first)
{
	struct holding *holding = search->holding;

	*first = epoch;
	for (; path != NO_INDEX && holding_spend(holding); path = node_of(holding, path)->parent) {
		const uint32_t since = holding_since(holding, path, epoch);

		if (search->keep_count == MOST_KEEPS)
			return false;
		search->keeps[search->keep_count++] = (struct holding_keep){path, since};
		*first = since < *first ? since : *first;
	}
	return true;
}

static bool has_stop(const struct search *search, uint32_t thread)
{
	for (size_t i = 0; i < search->stop_count; i++)
		if (search->stops[i].thread == thread)
			return true;
	return false;
}

/* Whether it holds there what another one holds at its stop. */
static bool is_gated(struct search *search, uint32_t path)
{
	struct holding *holding = search->holding;

	for (; path != NO_INDEX && holding_spend(holding); path = node_of(holding, path)->parent)
		for (size_t i = 0; i < search->keep_count; i++) {
			const struct node *kept = node_of(holding, search->keeps[i].outer);
			const struct node *node = node_of(holding, path);

			if (kept->lock == node->lock &&
			    !(op_flags(kept->op) & op_flags(node->op) & TRACE_OP_SHARED))
				return true;
		}
	return false;
}

/* Whether there is a thread without a stop that takes something of what is held there. */
static bool is_wanted(struct search *search, uint32_t thread, uint32_t path)
{
	struct holding *holding = search->holding;

	for (; path != NO_INDEX && holding_spend(holding); path = node_of(holding, path)->parent) {
		const struct node *kept = node_of(holding, path);
		size_t count;
		const uint32_t *askers = holding_askers(holding, kept->lock, &count);

		for (size_t i = 0; i < count && holding_spend(holding); i++) {
			const struct node *asker = node_of(holding, askers[i]);

			if (asker->thread != thread && !has_stop(search, asker->thread) &&
			    !(op_flags(kept->op) & op_flags(asker->op) & TRACE_OP_SHARED))
				return true;
		}
	}
	return false;
}

/* Whether it may stay there; tries give back what they hold (lock_all.h). */
static bool may_stay(struct search *search, uint32_t index)
{
	const struct node *node = node_of(search->holding, index);

	return node->parent != NO_INDEX && !(op_flags(node->op) & TRACE_OP_TRY) &&
	       !has_stop(search, node->thread) && holding_asks(search->holding, index) &&
	       !is_gated(search, node->parent) && is_wanted(search, node->thread, node->parent);
}

/* Whether all that was recorded of the process is there, and of its epochs. */
static bool is_whole(const struct holding *holding, uint32_t thread)
{
	const struct model *model = holding->model;
	const struct process *process = &model->processes[model->threads[thread].process];

	return process->complete && !process->widened;
}

/* Whether the waiter takes that afterwards with the same held, as the mutex of a condition: then
 * the circle is one of locks alone. */
static bool takes_itself(const struct further *further, uint32_t lock)
{
	const struct holding *holding = further->search.holding;
	const struct holding_wait *wait = further->search.wait;
	size_t count;
	const uint32_t *taken = told_taken(holding->told, wait->thread, lock, &count);
	uint32_t epoch;

	for (size_t i = 0; i < count; i++)
		if (node_of(holding, taken[i])->parent == wait->node &&
		    node_occurs(holding->model, taken[i], wait->epoch, &epoch))
			return true;
	return false;
}

static bool put(struct further *further)
{
	struct search *search = &further->search;
	struct holding_found *found = further->found;
	uint32_t wanted;

	if (!search_put_needs(search, found))
		return false;
	for (size_t i = 0; i < found->count; i++)
		if (takes_itself(further, node_of(search->holding, found->needs[i].node)->lock))
			return false;
	found->further_count = search->stop_count - 1;
	for (size_t i = 0; i < found->further_count; i++)
		found->further[i] = further->wants[i];
	found->timed |= is_timed_any(further);
	/* The first of them wants what the waiter keeps, or else there are none. */
	wanted = node_of(search->holding,
			 found->further_count ? found->further[0].node : found->needs[0].node)
			 ->lock;
	for (size_t i = 0; i < search->keep_count; i++)
		if (node_of(search->holding, search->keeps[i].outer)->lock == wanted) {
			found->outer = search->keeps[i].outer;
			found->since = search->keeps[i].since;
			break;
		}
	return true;
}

/* With these stops. */
static bool look(struct further *further)
{
	struct search *search = &further->search;

	search_list_takers(search, further->left_out);
	if (!search->count)
		return false;
	if (further->units)
		search_mark_takes(search, further->units);
	return search_from_earliest(search) && put(further);
}

static bool choose(struct further *further, size_t more);

/* With one more, at a place where it wants what is kept there. */
static bool choose_place(struct further *further, size_t more, const struct holding_keep *from,
			 const struct holding_need *want)
{
	struct search *search = &further->search;
	const struct node *node = node_of(search->holding, want->node);
	struct held_stop *stop = &search->stops[search->stop_count];
	const size_t keeps = search->keep_count;
	bool found;

	further->choices++;
	if (search->stop_count == 1)
		search->first = from;
	*stop = (struct held_stop){
		.thread = node->thread,
		.epoch = want->epoch,
		.node = want->node,
	};
	found = add_keeps(search, node->parent, want->epoch, &stop->since);
	further->wants[search->stop_count++ - 1] = *want;
	found = found && (more > 1 ? choose(further, more - 1) : look(further));
	search->stop_count--;
	search->keep_count = keeps;
	if (search->stop_count == 1)
		search->first = NULL;
	return found;
}

/* With so many more. */
static bool choose(struct further *further, size_t more)
{
	struct search *search = &further->search;
	struct holding *holding = search->holding;
	const size_t keeps = search->keep_count;

	for (size_t i = 0; i < keeps; i++) {
		size_t count;
		const uint32_t *askers = holding_askers(
			holding, node_of(holding, search->keeps[i].outer)->lock, &count);

		for (size_t k = 0; k < count && holding_spend(holding); k++) {
			struct taker taker = {.thread = node_of(holding, askers[k])->thread};

			if (further->choices >= MOST_CHOICES || further->looks++ >= MOST_LOOKS)
				return false;
			if (!may_stay(search, askers[k]))
				continue;
			search_add_needs(search, &search->keeps[i], &taker, askers[k]);
			for (size_t j = 0; j < taker.count && further->choices < MOST_CHOICES; j++)
				if (choose_place(further, more, &search->keeps[i], &taker.needs[j]))
					return true;
		}
	}
	return false;
}

/* The thread that is joined, and those that it joins: whether they take locks is for join-order. */
static void leave_out(struct further *further, uint32_t joined)
{
	const struct model *model = further->search.holding->model;
	bool any = true;

	further->left_out = xcalloc(model->thread_count + 1, sizeof(*further->left_out));
	further->left_out[joined] = true;
	while (any) {
		any = false;
		for (uint32_t i = 0; i < model->thread_count; i++) {
			const struct thread *thread = &model->threads[i];

			if (further->left_out[i] || !(thread->state & TRACE_THREAD_JOINED) ||
			    thread->joined_by == NO_INDEX || !further->left_out[thread->joined_by])
				continue;
			further->left_out[i] = any = true;
		}
	}
}

/* Who waits for a condition may be woken for nothing: of several who signal it nobody is needed. */
static bool is_known(const struct holding *holding, const struct holding_wait *wait)
{
	const struct model *model = holding->model;
	uint32_t one = NO_INDEX;

	if (wait->event == NO_INDEX || model->events[wait->event].kind != TRACE_EVENT_woken)
		return true;
	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];

		if (tally->lock != wait->lock || tally->kind != TRACE_EVENT_signalled ||
		    tally->thread == wait->thread)
			continue;
		if (one != NO_INDEX && tally->thread != one)
			return false;
		one = tally->thread;
	}
	return true;
}

bool holding_by_further(struct holding *holding, const struct units *units,
			const struct holding_wait *wait, struct holding_found *found)
{
	struct further *further;
	struct search *search;
	bool any = false;

	if (!holding_is_whole(holding) || !holding_waits(holding, wait) ||
	    !is_whole(holding, wait->thread) || !is_known(holding, wait))
		return false;
	further = xcalloc(1, sizeof(*further));
	search = &further->search;
	further->units = units;
	further->found = found;
	*found = (struct holding_found){.wait = *wait};
	search->holding = holding;
	search->wait = &found->wait;
	search->most_trials = MOST_TRIALS;
	search->stop_count = 1;
	search->stops[0] = (struct held_stop){
		.thread = wait->thread,
		.epoch = wait->epoch - 1,
		.node = wait->node,
		.waits = true,
	};
	if (add_keeps(search, wait->node, wait->epoch - 1, &search->stops[0].since)) {
		if (wait->joined != NO_INDEX)
			leave_out(further, wait->joined);
		/* Of events, what is one lock for all was looked at (holding_by_several). */
		if (wait->joined != NO_INDEX || search->keep_count > 1)
			any = look(further);
		for (size_t more = 1; !any && more <= HOLDING_FURTHER; more++) {
			further->choices = further->looks = 0;
			any = choose(further, more);
		}
	}
	free(further->left_out);
	free(further);
	return any && holding->steps_left;
}
