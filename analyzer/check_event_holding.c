/*
 * wait-holding, of what is recorded as events: a thread waited for a semaphore, a condition or a
 * barrier while it held a lock, and whoever could have ended that wait took the lock before it came
 * to do so (holding.h). In the recorded run they were first; if the lock is taken by the waiter
 * first, neither goes on.
 */
#include "bisect.h"
#include "compare.h"
#include "event_holding_text.h"
#include "finding.h"
#include "fingerprint.h"
#include "holding.h"
#include "sync_order.h"
#include "sync_units.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Waits at one place that several threads may end, at most. */
enum { MOST_LOOKS = 32 };
/* The same where a circle may go on through further locks. */
enum { MOST_FURTHER_LOOKS = 8 };

/* Edges through a hub come in twos: the releases of a round are sorted by hub and round. */
struct hubs {
	const struct order_edge **into;
	size_t count;
};

struct group {
	uint64_t fingerprint;
	struct holding_found found;
	uint64_t instances;
	UT_hash_handle hh;
};

struct looks_key {
	uint32_t object, stack; /* that was waited for, and where */
	uint32_t held, held_stack;
};

struct looks {
	struct looks_key key;
	unsigned count, further;
	UT_hash_handle hh;
};

struct looker {
	struct analysis *analysis;
	const struct model *model;
	struct holding *holding;
	struct group *groups;
	struct looks *looks;
	bool *told;  /* of each event: it is in a group */
	bool *ended; /* of each event: the release of another thread had to be */
};

static const struct node *node_of(const struct looker *looker, uint32_t node)
{
	return &looker->model->nodes[node];
}

static const char *place(const struct looker *looker, uint32_t stack)
{
	const char *text = names_place_text(looker->analysis->names, stack);

	return text ? text : "?";
}

static void group_add(struct looker *looker, const struct holding_found *found)
{
	struct names *names = looker->analysis->names;
	const struct node *outer = node_of(looker, found->outer);
	uint64_t print = fingerprint_text(FINGERPRINT_START, "wait-holding: event");
	struct group *group;

	print = fingerprint_text(print, names_lock_class(names, found->wait.lock));
	print = fingerprint_text(print, names_lock_class(names, outer->lock));
	print = fingerprint_text(print, place(looker, outer->stack));
	print = fingerprint_text(print, place(looker, found->wait.stack));
	for (size_t i = 0; i < found->further_count; i++) {
		const struct node *further = node_of(looker, found->further[i].node);

		print = fingerprint_text(print, names_lock_class(names, further->lock));
		print = fingerprint_text(print, place(looker, further->stack));
	}
	HASH_FIND(hh, looker->groups, &print, sizeof(print), group);
	if (!group) {
		group = xcalloc(1, sizeof(*group));
		group->fingerprint = print;
		group->found = *found;
		HASH_ADD(hh, looker->groups, fingerprint, sizeof(print), group);
	} else if (group->found.timed && !found->timed) {
		group->found = *found;
	}
	group->instances++;
}

static void look_at(struct looker *looker, uint32_t release, uint32_t acquire)
{
	struct holding_found found;

	if (!holding_by_one(looker->holding, release, acquire, &found))
		return;
	looker->told[acquire] = true;
	group_add(looker, &found);
}

/* The looks at waits of that object at one place, with one thing held. */
static struct looks *looks_at(struct looker *looker, const struct holding_wait *wait)
{
	struct looks_key key;
	struct looks *looks;

	memset(&key, 0, sizeof(key));
	key.object = wait->lock;
	key.stack = wait->stack;
	key.held = node_of(looker, wait->node)->lock;
	key.held_stack = node_of(looker, wait->node)->stack;
	HASH_FIND(hh, looker->looks, &key, sizeof(key), looks);
	if (!looks) {
		looks = xcalloc(1, sizeof(*looks));
		looks->key = key;
		HASH_ADD(hh, looker->looks, key, sizeof(key), looks);
	}
	return looks;
}

/* Waits that no single release was needed for. */
static void look_at_units(struct looker *looker, const struct sync_units *all,
			  const struct units *units)
{
	for (size_t k = units->acquires; k < units->end; k++) {
		const uint32_t acquire = all->events[k];
		const struct holding_wait wait = holding_wait_of(looker->model, acquire);
		struct holding_found found;

		if (looker->told[acquire] || wait.node == NO_INDEX ||
		    looks_at(looker, &wait)->count++ >= MOST_LOOKS ||
		    !holding_by_several(looker->holding, units, acquire, &found))
			continue;
		looker->told[acquire] = true;
		group_add(looker, &found);
	}
}

static void look_further(struct looker *looker, const struct units *units,
			 const struct holding_wait *wait)
{
	struct holding_found found;

	if (wait->node != NO_INDEX && looks_at(looker, wait)->further++ < MOST_FURTHER_LOOKS &&
	    holding_by_further(looker->holding, units, wait, &found))
		group_add(looker, &found);
}

/* Waits of which nothing was told. */
static void look_at_further(struct looker *looker, const struct sync_units *all)
{
	for (size_t i = 0; i < all->count; i++)
		for (size_t k = all->items[i].acquires; k < all->items[i].end; k++) {
			const struct holding_wait wait =
				holding_wait_of(looker->model, all->events[k]);

			looker->ended[wait.event] = false;
			if (!looker->told[wait.event])
				look_further(looker, &all->items[i], &wait);
		}
	for (uint32_t i = 0; i < looker->model->event_count; i++) {
		const struct holding_wait wait = holding_wait_of(looker->model, i);

		if (looker->ended[i] && !looker->told[i])
			look_further(looker, NULL, &wait);
	}
}

static void look_at_joins(struct looker *looker)
{
	const struct model *model = looker->model;

	for (uint32_t i = 0; i < model->node_count; i++) {
		const struct node *node = node_of(looker, i);
		const uint32_t joined = model->locks[node->lock].thread;

		if (model->locks[node->lock].kind != TRACE_LOCK_thread || node->count == 0 ||
		    joined == NO_INDEX || model->threads[joined].joined_by != node->thread ||
		    op_flags(node->op) & (TRACE_OP_TRY | TRACE_OP_TIMED))
			continue;
		look_further(looker, NULL,
			     &(struct holding_wait){
				     .thread = node->thread,
				     .epoch = model->threads[joined].join_epoch,
				     .lock = node->lock,
				     .node = node->parent,
				     .stack = node->stack,
				     .act = node->op,
				     .event = NO_INDEX,
				     .joined = joined,
			     });
	}
}

static bool is_of_interest(const struct model *model, uint32_t event)
{
	const uint16_t kind = event == NO_INDEX ? 0 : model->events[event].kind;

	return kind == TRACE_EVENT_taken || kind == TRACE_EVENT_woken || kind == TRACE_EVENT_left;
}

static int by_hub(const void *left, const void *right)
{
	const struct order_edge *a = *(const struct order_edge *const *)left;
	const struct order_edge *b = *(const struct order_edge *const *)right;

	return a->to != b->to ? compare_numbers(a->to, b->to)
			      : compare_numbers(a->arrives, b->arrives);
}

static struct hubs hubs_of(const struct order_edges *edges)
{
	struct hubs hubs = {xcalloc(edges->count + 1, sizeof(*hubs.into)), 0};

	for (size_t i = 0; i < edges->count; i++)
		if (edges->items[i].acquire == NO_INDEX)
			hubs.into[hubs.count++] = &edges->items[i];
	if (hubs.count)
		qsort(hubs.into, hubs.count, sizeof(*hubs.into), by_hub);
	return hubs;
}

/* Those who come to the same round of a barrier. */
static void look_through(struct looker *looker, const struct hubs *hubs,
			 const struct order_edge *out)
{
	size_t i = BISECT(0, hubs->count, k,
			  hubs->into[k]->to < out->from || (hubs->into[k]->to == out->from &&
							    hubs->into[k]->arrives < out->leaves));

	for (; i < hubs->count && holding_is_whole(looker->holding); i++) {
		if (hubs->into[i]->to != out->from || hubs->into[i]->arrives != out->leaves)
			break;
		look_at(looker, hubs->into[i]->release, out->acquire);
	}
}

static void find_events_holding(struct analysis *analysis, struct findings *findings)
{
	struct sync_units units = {0};
	struct order_edges edges = {.units = &units};
	struct looker looker = {.analysis = analysis, .model = analysis->model};
	struct group *group, *next;
	struct looks *looks, *next_looks;
	struct hubs hubs;

	if (!analysis->model->event_count)
		return;
	sync_order_find(analysis->model, &edges);
	looker.holding = holding_new(analysis, &units);
	looker.told = xcalloc(analysis->model->event_count, sizeof(*looker.told));
	looker.ended = xcalloc(analysis->model->event_count, sizeof(*looker.ended));
	hubs = hubs_of(&edges);
	for (size_t i = 0; i < edges.count; i++) {
		const struct order_edge *edge = &edges.items[i];

		if (!is_of_interest(looker.model, edge->acquire))
			continue;
		looker.ended[edge->acquire] = true;
		if (edge->release != NO_INDEX)
			look_at(&looker, edge->release, edge->acquire);
		else
			look_through(&looker, &hubs, edge);
	}
	for (size_t i = 0; i < units.count; i++)
		look_at_units(&looker, &units, &units.items[i]);
	look_at_further(&looker, &units);
	look_at_joins(&looker);
	findings->truncated.cycles += !holding_is_whole(looker.holding);
	HASH_ITER (hh, looker.groups, group, next) {
		HASH_DEL(looker.groups, group);
		event_holding_report(analysis, &group->found, group->fingerprint, group->instances,
				     findings);
		free(group);
	}
	HASH_ITER (hh, looker.looks, looks, next_looks) {
		HASH_DEL(looker.looks, looks);
		free(looks);
	}
	free(hubs.into);
	free(edges.items);
	sync_units_free(&units);
	holding_free(looker.holding);
	free(looker.told);
	free(looker.ended);
}

const struct check check_event_holding = {
	.rule = "wait-holding",
	.help = "A wait for a semaphore, condition or barrier keeps a lock that is needed to end "
		"it.",
	.run = find_events_holding,
};
