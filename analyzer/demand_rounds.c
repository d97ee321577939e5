/* Owns what is known of objects of which rounds left nothing. */
#include "demand_rounds.h"
#include "bisect.h"
#include "compare.h"
#include "semaphores.h"
#include "signal_sections.h"
#include "xalloc.h"

#include <stdlib.h>

/* Pairs of numbers, sorted. */
struct pair {
	uint32_t of, what;
};

struct pairs {
	struct pair *items;
	size_t count, size;
};

struct demand_rounds {
	const struct model *model;
	bool *suffice;	      /* of each lock */
	uint32_t *creators;   /* of each lock: whose rounds they are; NO_INDEX */
	struct pairs guests;  /* lock, thread that was there */
	struct pairs signals; /* mutex, such a condition that is signalled under it */
	struct pairs steps;   /* creator, epoch that begins with something that is recorded */
};

static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;

	return a->of != b->of ? compare_numbers(a->of, b->of) : compare_numbers(a->what, b->what);
}

static void pairs_add(struct pairs *pairs, uint32_t of, uint32_t what)
{
	if (pairs->count == pairs->size) {
		pairs->size = pairs->size ? 2 * pairs->size : 64;
		pairs->items = xreallocarray(pairs->items, pairs->size, sizeof(*pairs->items));
	}
	pairs->items[pairs->count++] = (struct pair){of, what};
}

/* Sorts them, and keeps one of each. */
static void pairs_settle(struct pairs *pairs)
{
	size_t kept = 0;

	if (pairs->count)
		qsort(pairs->items, pairs->count, sizeof(*pairs->items), compare_pairs);
	for (size_t i = 0; i < pairs->count; i++)
		if (!kept || compare_pairs(&pairs->items[kept - 1], &pairs->items[i]) != 0)
			pairs->items[kept++] = pairs->items[i];
	pairs->count = kept;
}

/* The first that is not before this one. */
static size_t pairs_find(const struct pairs *pairs, uint32_t of, uint32_t what)
{
	const struct pair wanted = {of, what};

	return BISECT(0, pairs->count, i, compare_pairs(&pairs->items[i], &wanted) < 0);
}

static bool pairs_have(const struct pairs *pairs, uint32_t of, uint32_t what)
{
	size_t at = pairs_find(pairs, of, what);

	return at < pairs->count && pairs->items[at].of == of && pairs->items[at].what == what;
}

static bool is_left_out(const struct lock *lock)
{
	return lock->flags & TRACE_LOCK_FEWER && lock->flags & TRACE_LOCK_INSIDE;
}

static void list_guests(struct demand_rounds *rounds)
{
	const struct model *model = rounds->model;

	for (size_t i = 0; i < model->tally_count; i++) {
		const struct tally *tally = &model->tallies[i];

		if (model->locks[tally->lock].flags & TRACE_LOCK_FEWER)
			pairs_add(&rounds->guests, tally->lock, tally->thread);
	}
	pairs_settle(&rounds->guests);
}

/* Whether all who were there are that thread, or were made and joined by it. */
static bool is_creator(const struct demand_rounds *rounds, size_t first, uint32_t creator)
{
	const struct pairs *guests = &rounds->guests;

	if (creator == NO_INDEX)
		return false;
	for (size_t i = first; i < guests->count && guests->items[i].of == guests->items[first].of;
	     i++) {
		const uint32_t guest = guests->items[i].what;

		if (guest != creator && rounds->model->threads[guest].creator != creator)
			return false;
	}
	return true;
}

static void find_creators(struct demand_rounds *rounds)
{
	const struct pairs *guests = &rounds->guests;

	for (size_t i = 0; i < rounds->model->lock_count; i++)
		rounds->creators[i] = NO_INDEX;
	for (size_t i = 0; i < guests->count; i++) {
		const uint32_t lock = guests->items[i].of, guest = guests->items[i].what;
		const uint32_t creator = rounds->model->threads[guest].creator;

		if (i && guests->items[i - 1].of == lock)
			continue;
		if (is_creator(rounds, i, creator))
			rounds->creators[lock] = creator;
		else if (is_creator(rounds, i, guest))
			rounds->creators[lock] = guest;
	}
}

/* Whether each take of a semaphore had a unit, by what is recorded: in that order. */
static void check_units(const struct model *model, const struct semaphore *semaphores, bool *good)
{
	int64_t *units = xcalloc(model->lock_count + 1, sizeof(*units));

	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];
		const struct semaphore *of = &semaphores[event->lock];

		units[event->lock] += event->kind == TRACE_EVENT_posted;
		units[event->lock] -= event->kind == TRACE_EVENT_taken;
		if (event->kind == TRACE_EVENT_taken && units[event->lock] + of->amount < 1)
			good[event->lock] = false;
	}
	free(units);
}

static void find_enough(struct demand_rounds *rounds)
{
	const struct model *model = rounds->model;
	struct semaphore *semaphores = semaphores_of(model);

	for (size_t i = 0; i < model->lock_count; i++) {
		const struct semaphore *of = &semaphores[i];

		if (!is_left_out(&model->locks[i]))
			continue;
		if (model->locks[i].kind == TRACE_LOCK_semaphore)
			rounds->suffice[i] = of->amount && of->posts && of->takes;
		else
			rounds->suffice[i] = rounds->creators[i] != NO_INDEX;
	}
	check_units(model, semaphores, rounds->suffice);
	free(semaphores);
}

static void list_signals(struct demand_rounds *rounds)
{
	const struct model *model = rounds->model;

	for (size_t i = 0; i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		if (signal_in_section(event) && model->locks[event->lock].flags & TRACE_LOCK_FEWER)
			pairs_add(&rounds->signals, model->nodes[event->node].lock, event->lock);
	}
	pairs_settle(&rounds->signals);
}

static void list_steps(struct demand_rounds *rounds)
{
	const struct model *model = rounds->model;

	for (size_t i = 0; rounds->signals.count && i < model->thread_count; i++) {
		const struct thread *thread = &model->threads[i];

		if (thread->state & TRACE_THREAD_FAILED)
			continue;
		if (thread->creator != NO_INDEX)
			pairs_add(&rounds->steps, thread->creator, thread->create_epoch + 1);
		if (thread->state & TRACE_THREAD_JOINED && thread->joined_by != NO_INDEX)
			pairs_add(&rounds->steps, thread->joined_by, thread->join_epoch);
	}
	for (size_t i = 0; rounds->signals.count && i < model->event_count; i++) {
		const struct event *event = &model->events[i];

		pairs_add(&rounds->steps, event->thread,
			  event->epoch + event_gives_way(event->kind));
	}
	pairs_settle(&rounds->steps);
}

struct demand_rounds *demand_rounds_new(const struct model *model)
{
	struct demand_rounds *rounds = xcalloc(1, sizeof(*rounds));

	rounds->model = model;
	rounds->suffice = xcalloc(model->lock_count + 1, sizeof(*rounds->suffice));
	rounds->creators = xcalloc(model->lock_count + 1, sizeof(*rounds->creators));
	list_guests(rounds);
	if (!rounds->guests.count)
		return rounds;
	find_creators(rounds);
	find_enough(rounds);
	list_signals(rounds);
	list_steps(rounds);
	return rounds;
}

void demand_rounds_free(struct demand_rounds *rounds)
{
	free(rounds->suffice);
	free(rounds->creators);
	free(rounds->guests.items);
	free(rounds->signals.items);
	free(rounds->steps.items);
	free(rounds);
}

bool demand_rounds_suffice(const struct demand_rounds *rounds, uint32_t lock)
{
	return rounds->suffice[lock];
}

/* The last epoch in (after, before) that began with nothing that is recorded; 0: there is none. */
static uint32_t last_hidden(const struct pairs *steps, uint32_t thread, uint32_t after,
			    uint32_t before)
{
	size_t at = pairs_find(steps, thread, before);

	for (uint32_t epoch = before; --epoch > after; at--)
		if (at == 0 || steps->items[at - 1].of != thread ||
		    steps->items[at - 1].what != epoch)
			return epoch;
	return 0;
}

bool demand_rounds_before(const struct demand_rounds *rounds, uint32_t node, size_t i,
			  struct demand_before *before)
{
	const struct node *of = &rounds->model->nodes[node];
	const struct thread *thread = &rounds->model->threads[of->thread];
	const size_t at = pairs_find(&rounds->signals, of->lock, 0) + i;
	uint32_t lock;

	if (at >= rounds->signals.count || rounds->signals.items[at].of != of->lock)
		return false;
	lock = rounds->signals.items[at].what;
	*before = (struct demand_before){rounds->creators[lock], 0, DEMAND_BEFORE_END};
	if (before->creator == of->thread || pairs_have(&rounds->guests, lock, of->thread)) {
		before->what = DEMAND_BEFORE_NOTHING;
	} else if (before->creator == NO_INDEX) {
		before->what = DEMAND_BEFORE_UNKNOWN;
	} else if (thread->creator == before->creator && thread->joined_by == before->creator &&
		   thread->state & TRACE_THREAD_JOINED) {
		before->epoch = last_hidden(&rounds->steps, before->creator,
					    thread->create_epoch + 1, thread->join_epoch);
		before->what = before->epoch ? DEMAND_BEFORE_EPOCH : DEMAND_BEFORE_NOTHING;
	}
	return true;
}
