/* Owns the case of several threads any of which can end the wait. */
#include "holding_private.h"

#include <stdlib.h>

#include "bisect.h"

/* Places where one of them may be held back, and schedules that are tried for one wait, at most. */
enum { MOST_PLACES = 16, MOST_TRIALS = 64 };

/* One who takes the lock, and where it may have to wait for it, from the earliest on. */
struct taker {
	uint32_t thread;
	bool takes; /* units of the semaphore that is waited for */
	struct holding_need needs[MOST_PLACES];
	size_t count, at; /* it is held back at needs[at], or not */
};

struct search {
	struct holding *holding;
	const struct event *wait;
	struct taker takers[HOLDING_MOST];
	size_t count;
	size_t trials;
	bool shared; /* another thread takes units of the semaphore, too */
};

static void add_need(struct search *search, const struct holding_found *at, struct taker *taker,
		     struct holding_need need)
{
	size_t i = taker->count;

	if (i == MOST_PLACES || !holding_may_wait(search->holding, at, &need))
		return;
	for (; i > 0 && taker->needs[i - 1].epoch > need.epoch; i--)
		taker->needs[i] = taker->needs[i - 1];
	taker->needs[i] = need;
	taker->count++;
}

/* The first epoch of the span that does not come before the waiter had the lock. */
static uint32_t first_free(struct search *search, const struct holding_found *at, uint32_t thread,
			   const struct span *span)
{
	struct order *order = search->holding->analysis->order;

	return (uint32_t)BISECT(
		span->first, span->last, epoch,
		order_before(order, thread, (uint32_t)epoch, search->wait->thread, at->since));
}

/* Of what is taken inside nothing only the two ends of a span are known. */
static void add_needs(struct search *search, const struct holding_found *at, struct taker *taker,
		      uint32_t index)
{
	const struct model *model = search->holding->model;
	const struct node *node = &model->nodes[index];

	for (uint32_t i = 0; i < node->span_count && holding_spend(search->holding); i++) {
		const struct span *span = &model->spans[node->first_span + i];
		uint32_t first = span->first;

		if (node->parent != NO_INDEX)
			first = first_free(search, at, taker->thread, span);
		add_need(search, at, taker, (struct holding_need){index, first});
		if (span->last != first)
			add_need(search, at, taker, (struct holding_need){index, span->last});
	}
}

/* More than can be looked at count as never needing it. */
static void list_takers(struct search *search, const struct holding_found *at)
{
	struct holding *holding = search->holding;
	const uint32_t lock = node_of(holding, at->outer)->lock;

	search->count = 0;
	for (uint32_t i = 0; i < holding->model->thread_count && holding_spend(holding) &&
			     search->count < HOLDING_MOST;
	     i++) {
		struct taker *taker = &search->takers[search->count];
		size_t count;
		const uint32_t *taken = told_taken(holding->told, i, lock, &count);

		*taker = (struct taker){.thread = i};
		if (i == search->wait->thread)
			continue;
		for (size_t k = 0; k < count && holding_spend(holding); k++)
			if (holding_asks(holding, taken[k]))
				add_needs(search, at, taker, taken[k]);
		search->count += taker->count > 0;
	}
}

/* Whether the waiter comes to the wait, and it is never over. */
static bool hangs(struct search *search, uint64_t *reach)
{
	struct holding *holding = search->holding;
	const struct held_point wait = {search->wait->thread, search->wait->epoch};
	struct held_point points[HOLDING_MOST];
	size_t count = 0;

	for (size_t i = 0; i < search->count; i++) {
		const struct taker *taker = &search->takers[i];

		if (taker->at < taker->count)
			points[count++] =
				(struct held_point){taker->thread, taker->needs[taker->at].epoch};
	}
	search->trials++;
	return held_back_hangs(holding_held_back(holding), &wait, points, count, reach,
			       &holding->trial_steps_left);
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
	uint64_t reach, most = 0;

	if (came && !search->shared)
		return false;
	for (size_t i = 0; i < search->count && search->trials < MOST_TRIALS; i++) {
		struct taker *taker = &search->takers[i];

		if (taker->at == taker->count || (only_takers && !taker->takes))
			continue;
		taker->at++;
		*found = hangs(search, &reach);
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

/* Marks those who take units of the semaphore. */
static void mark_takes(struct search *search, const struct units *units)
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

static bool search_from_earliest(struct search *search)
{
	uint64_t reach;
	bool found;

	search->trials = 0;
	do
		found = hangs(search, &reach);
	while (!found && search->trials < MOST_TRIALS &&
	       let_go_on(search, reach >= search->wait->epoch, &found));
	return found;
}

/* Only those without whom the wait is over. False: it hangs whoever has the lock. */
static bool put_needs(struct search *search, struct holding_found *found)
{
	uint64_t reach;

	found->count = 0;
	found->timed = false;
	for (size_t i = 0; i < search->count; i++) {
		struct taker *taker = &search->takers[i];
		const size_t at = taker->at;

		if (at == taker->count)
			continue;
		taker->at = taker->count;
		if (hangs(search, &reach))
			continue;
		taker->at = at;
		found->needs[found->count++] = taker->needs[at];
		found->timed |= holding_is_timed(search->holding, taker->needs[at].node);
	}
	return found->count > 0;
}

bool holding_by_several(struct holding *holding, const struct units *units, uint32_t acquire,
			struct holding_found *found)
{
	struct search search = {.holding = holding, .wait = &holding->model->events[acquire]};
	struct holding_found at = {.acquire = acquire};
	bool any = false;

	if (!holding_is_whole(holding) || !holding_waits(holding, search.wait))
		return false;
	for (at.outer = search.wait->node; at.outer != NO_INDEX && holding_spend(holding);
	     at.outer = node_of(holding, at.outer)->parent) {
		at.since = holding_since(holding, at.outer, search.wait->epoch - 1);
		list_takers(&search, &at);
		if (!search.count)
			continue;
		mark_takes(&search, units);
		if (!search_from_earliest(&search) || !put_needs(&search, &at))
			continue;
		*found = at;
		any = true;
	}
	return any && holding->steps_left;
}
