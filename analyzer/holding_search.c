/* Owns who is held back where, and who is let go on. */
#include "holding_search.h"

#include <stdlib.h>

#include "bisect.h"

static void add_need(struct search *search, const struct holding_keep *keep, struct taker *taker,
		     struct holding_need need)
{
	size_t i = taker->count;

	if (i == MOST_PLACES || !holding_may_wait(search->holding, keep, &need))
		return;
	/* What the waiter learns while it has the lock it would wait for with that, too. */
	if (search->first && search->first != keep &&
	    holding_may_tell(search->holding, search->first, &need))
		return;
	for (; i > 0 && taker->needs[i - 1].epoch > need.epoch; i--)
		taker->needs[i] = taker->needs[i - 1];
	taker->needs[i] = need;
	taker->count++;
}

/* The first epoch of the span that does not come before the lock was kept. */
static uint32_t first_free(struct search *search, const struct holding_keep *keep, uint32_t thread,
			   const struct span *span)
{
	struct order *order = search->holding->analysis->order;
	const uint32_t keeper = node_of(search->holding, keep->outer)->thread;

	return (uint32_t)BISECT(span->first, span->last, epoch,
				order_before(order, thread, (uint32_t)epoch, keeper, keep->since));
}

/* Of what is taken inside nothing only the two ends of a span are known. */
void search_add_needs(struct search *search, const struct holding_keep *keep, struct taker *taker,
		      uint32_t index)
{
	const struct model *model = search->holding->model;
	const struct node *node = &model->nodes[index];

	for (uint32_t i = 0; i < node->span_count && holding_spend(search->holding); i++) {
		const struct span *span = &model->spans[node->first_span + i];
		uint32_t first = span->first;

		if (node->parent != NO_INDEX)
			first = first_free(search, keep, taker->thread, span);
		add_need(search, keep, taker, (struct holding_need){index, first});
		if (span->last != first)
			add_need(search, keep, taker, (struct holding_need){index, span->last});
	}
}

/* The taker of that thread; a new one, if there is none; NULL: that would be too many. */
static struct taker *taker_of(struct search *search, uint32_t thread)
{
	size_t i = 0;

	while (i < search->count && search->takers[i].thread != thread)
		i++;
	if (i == HOLDING_MOST)
		return NULL;
	if (i == search->count)
		search->takers[search->count++] = (struct taker){.thread = thread};
	return &search->takers[i];
}

static bool is_elsewhere(const struct search *search, uint32_t thread)
{
	for (size_t i = 0; i < search->stop_count; i++)
		if (search->stops[i].thread == thread)
			return true;
	return thread == search->wait->thread;
}

/* The next of the askers that is of another thread. */
static size_t next_thread(const struct holding *holding, const uint32_t *askers, size_t i,
			  size_t count)
{
	const uint32_t thread = node_of(holding, askers[i])->thread;

	return BISECT(i, count, k, node_of(holding, askers[k])->thread <= thread);
}

static void list_takers_of(struct search *search, const struct holding_keep *keep,
			   const bool *left_out)
{
	struct holding *holding = search->holding;
	size_t count, i = 0;
	const uint32_t *askers =
		holding_askers(holding, node_of(holding, keep->outer)->lock, &count);

	while (i < count && holding_spend(holding)) {
		const uint32_t thread = node_of(holding, askers[i])->thread;
		const size_t next = next_thread(holding, askers, i, count);
		struct taker *taker = NULL;

		if (!is_elsewhere(search, thread) && !(left_out && left_out[thread]))
			taker = taker_of(search, thread);
		for (; taker && i < next && taker->count < MOST_PLACES && holding_spend(holding);
		     i++)
			if (holding_asks(holding, askers[i]))
				search_add_needs(search, keep, taker, askers[i]);
		search->count -= taker && taker->count == 0;
		i = next;
	}
}

static int by_thread(const void *left, const void *right)
{
	const struct taker *a = left, *b = right;

	return (a->thread > b->thread) - (a->thread < b->thread);
}

/* More than can be looked at count as never needing it. */
void search_list_takers(struct search *search, const bool *left_out)
{
	search->count = 0;
	for (size_t i = 0; i < search->keep_count; i++)
		list_takers_of(search, &search->keeps[i], left_out);
	if (search->count)
		qsort(search->takers, search->count, sizeof(*search->takers), by_thread);
}

/* Whether the waiter comes to the wait, and it is never over. It came if *reach is *most. */
static bool hangs(struct search *search, uint64_t *reach, uint64_t *most)
{
	struct holding *holding = search->holding;
	struct held_point points[HOLDING_MOST];
	size_t count = 0;

	for (size_t i = 0; i < search->count; i++) {
		const struct taker *taker = &search->takers[i];

		if (taker->at < taker->count)
			points[count++] =
				(struct held_point){taker->thread, taker->needs[taker->at].epoch,
						    taker->needs[taker->at].node};
	}
	search->trials++;
	return held_back_circle(holding_held_back(holding), search->stops, search->stop_count,
				points, count, reach, most, &holding->trial_steps_left);
}

/* Whether it is held back, and takes units of the semaphore. */
static bool may_take(const struct taker *taker)
{
	return taker->at < taker->count && taker->takes;
}

static bool any_may_take(const struct search *search)
{
	for (size_t i = 0; i < search->count; i++)
		if (may_take(&search->takers[i]))
			return true;
	return false;
}

/*
 * Lets that one go on of whom the waiter then gets furthest; or, where it has come to the wait, one
 * who may take its units, or for whom one may wait who does. False: nobody, or it is found.
 */
static bool let_go_on(struct search *search, bool came, bool *found)
{
	const bool only_takers = came && any_may_take(search);
	struct taker *best = NULL;
	uint64_t reach, all, most = 0;

	if (came && !search->shared)
		return false;
	for (size_t i = 0; i < search->count && search->trials < search->most_trials; i++) {
		struct taker *taker = &search->takers[i];

		if (taker->at == taker->count || (only_takers && !taker->takes))
			continue;
		taker->at++;
		*found = hangs(search, &reach, &all);
		if (*found)
			return false;
		taker->at--;
		if (!best || reach > most) {
			best = taker;
			most = reach;
		}
	}
	if (best)
		best->at++;
	return best;
}

void search_mark_takes(struct search *search, const struct units *units)
{
	const struct event *events = search->holding->model->events;
	const uint32_t *of = search->holding->units->events;

	for (size_t i = 0; i < search->count; i++) {
		struct taker *taker = &search->takers[i];
		const size_t first = BISECT(units->acquires, units->end, k,
					    events[of[k]].thread < taker->thread);

		taker->takes = first < units->end && events[of[first]].thread == taker->thread;
	}
	/* They are sorted by thread. */
	search->shared = events[of[units->acquires]].thread != search->wait->thread ||
			 events[of[units->end - 1]].thread != search->wait->thread;
}

bool search_from_earliest(struct search *search)
{
	uint64_t reach, most;
	bool found;

	search->trials = 0;
	do
		found = hangs(search, &reach, &most);
	while (!found && search->trials < search->most_trials &&
	       let_go_on(search, reach >= most, &found));
	return found;
}

bool search_put_needs(struct search *search, struct holding_found *found)
{
	uint64_t reach, most;

	found->count = 0;
	found->timed = false;
	for (size_t i = 0; i < search->count; i++) {
		struct taker *taker = &search->takers[i];
		const size_t at = taker->at;

		if (at == taker->count)
			continue;
		taker->at = taker->count;
		if (hangs(search, &reach, &most))
			continue;
		taker->at = at;
		found->needs[found->count++] = taker->needs[at];
		found->timed |= holding_is_timed(search->holding, taker->needs[at].node);
	}
	return found->count > 0;
}
