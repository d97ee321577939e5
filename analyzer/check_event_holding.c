/*
 * wait-holding, of what is recorded as events: a thread waited for a semaphore, a condition or a
 * barrier while it held a lock, and whoever could have ended that wait took the lock before it came
 * to do so (holding.h). In the recorded run they were first; if the lock is taken by the waiter
 * first, neither goes on.
 */
#include "bisect.h"
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
	unsigned count;
	UT_hash_handle hh;
};

struct looker {
	struct analysis *analysis;
	const struct model *model;
	struct holding *holding;
	struct group *groups;
	struct looks *looks;
	bool *told; /* of each event: it is in a group */
};

static const struct node *node_of(const struct looker *looker, uint32_t node)
{
	return &looker->model->nodes[node];
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static const char *place(const struct looker *looker, uint32_t stack)
{
	const char *text = names_place_text(looker->analysis->names, stack);

	return text ? text : "?";
}

static void group_add(struct looker *looker, const struct holding_found *found)
{
	struct names *names = looker->analysis->names;
	const struct event *acquire = &looker->model->events[found->acquire];
	const struct node *outer = node_of(looker, found->outer);
	uint64_t print = fingerprint_text(FINGERPRINT_START, "wait-holding: event");
	struct group *group;

	print = fingerprint_text(print, names_lock_class(names, acquire->lock));
	print = fingerprint_text(print, names_lock_class(names, outer->lock));
	print = fingerprint_text(print, place(looker, outer->stack));
	print = fingerprint_text(print, place(looker, acquire->stack));
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

/* Whether so many waits of that object were looked at already, at one place, with one thing held.
 */
static bool is_enough(struct looker *looker, const struct event *acquire)
{
	struct looks_key key;
	struct looks *looks;

	memset(&key, 0, sizeof(key));
	key.object = acquire->lock;
	key.stack = acquire->stack;
	key.held = node_of(looker, acquire->node)->lock;
	key.held_stack = node_of(looker, acquire->node)->stack;
	HASH_FIND(hh, looker->looks, &key, sizeof(key), looks);
	if (!looks) {
		looks = xcalloc(1, sizeof(*looks));
		looks->key = key;
		HASH_ADD(hh, looker->looks, key, sizeof(key), looks);
	}
	return looks->count++ >= MOST_LOOKS;
}

/* Waits that no single release was needed for. */
static void look_at_units(struct looker *looker, const struct sync_units *all,
			  const struct units *units)
{
	for (size_t k = units->acquires; k < units->end; k++) {
		const uint32_t acquire = all->events[k];
		const struct event *event = &looker->model->events[acquire];
		struct holding_found found;

		if (!looker->told[acquire] && event->node != NO_INDEX &&
		    !is_enough(looker, event) &&
		    holding_by_several(looker->holding, units, acquire, &found))
			group_add(looker, &found);
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

	return a->to != b->to ? compare(a->to, b->to) : compare(a->arrives, b->arrives);
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

static void steps_fill(const struct looker *looker, struct finding *finding,
		       const struct holding_found *found)
{
	const struct event *acquire = &looker->model->events[found->acquire];
	struct finding_step *step = finding->steps = xcalloc(1 + found->count, sizeof(*step));

	finding->step_count = 1 + found->count;
	step->thread = acquire->thread;
	finding_step_path(step, looker->model, acquire->node);
	step->wants = (struct finding_hold){
		.lock = acquire->lock, .op = acquire->act, .stack = acquire->stack};
	step->count = 1;
	for (size_t i = 0; i < found->count; i++) {
		const struct node *needs = node_of(looker, found->needs[i].node);

		step++;
		step->thread = needs->thread;
		finding_step_path(step, looker->model, needs->parent);
		step->wants = finding_hold_of(looker->model, found->needs[i].node);
		step->count = needs->count;
	}
}

/* Whether the thread posts it, or the like. */
static bool does_it(const struct looker *looker, uint32_t lock, uint32_t thread)
{
	const struct model *model = looker->model;

	for (size_t i = 0; i < model->tally_count; i++)
		if (model->tallies[i].lock == lock && model->tallies[i].thread == thread &&
		    (model->tallies[i].kind == TRACE_EVENT_posted ||
		     model->tallies[i].kind == TRACE_EVENT_signalled ||
		     model->tallies[i].kind == TRACE_EVENT_arrived))
			return true;
	return false;
}

/* What is done to end the wait; by those who need the lock, or by others who wait for them. */
static const char *deed(const struct looker *looker, const struct holding_found *found)
{
	const struct event *acquire = &looker->model->events[found->acquire];
	const bool one = found->count == 1;

	for (size_t i = 0; i < found->count; i++)
		if (!does_it(looker, acquire->lock, node_of(looker, found->needs[i].node)->thread))
			return "it is posted";
	switch (acquire->kind) {
	case TRACE_EVENT_taken:
		return one ? "it posts it" : "they post it";
	case TRACE_EVENT_left:
		return "it comes to it";
	default:
		return "it signals it";
	}
}

/* "a", "a and b", "a, b and c"; the caller frees it. */
static char *who_text(const struct looker *looker, const struct holding_found *found)
{
	char *text = NULL;

	for (size_t i = 0; i < found->count; i++) {
		const uint32_t thread = node_of(looker, found->needs[i].node)->thread;
		const char *between = !i ? "" : i + 1 == found->count ? " and " : ", ";
		char *longer = xasprintf("%s%s%s", text ? text : "", between,
					 names_thread(looker->analysis->names, thread));

		free(text);
		text = longer;
	}
	return text;
}

static char *message(const struct looker *looker, const struct holding_found *found)
{
	struct names *names = looker->analysis->names;
	const struct event *acquire = &looker->model->events[found->acquire];
	const char *waiter = names_thread(names, acquire->thread);
	const char *object = names_lock(names, acquire->lock);
	const char *outer = names_lock(names, node_of(looker, found->outer)->lock);
	const bool one = found->count == 1;
	char *who = who_text(looker, found), *text, *whole;

	text = xasprintf("%s waits for %s while holding %s, which %s %s before %s", waiter, object,
			 outer, who, one ? "takes" : "take", deed(looker, found));
	if (!found->timed)
		whole = xasprintf("%s: if %s has it first, %s goes on.", text, waiter,
				  one ? "neither" : "none of them");
	else if (one)
		whole = xasprintf("%s, but %s gives up after a time.", text, who);
	else
		whole = xasprintf("%s, but not all of them wait for it without a time limit.",
				  text);
	free(text);
	free(who);
	return whole;
}

static void group_report(const struct looker *looker, const struct group *group,
			 struct findings *findings)
{
	const struct holding_found *found = &group->found;
	const struct event *acquire = &looker->model->events[found->acquire];
	struct finding *finding = findings_add(findings);

	fingerprint_id(group->fingerprint, finding->id);
	finding->rule = rule_find("wait-holding");
	finding->verdict = found->timed ? VERDICT_DISCHARGED : VERDICT_POTENTIAL;
	finding->reason = found->timed ? REASON_TIMED : REASON_NONE;
	finding->severity = found->timed ? SEVERITY_NOTE : finding->rule->severity;
	finding->instances = group->instances;
	finding->locks = xcalloc(2, sizeof(*finding->locks));
	finding->locks[0] = node_of(looker, found->outer)->lock;
	finding->locks[1] = acquire->lock;
	finding->lock_count = 2;
	finding->threads = xcalloc(1 + found->count, sizeof(*finding->threads));
	finding->threads[0] = acquire->thread;
	for (size_t i = 0; i < found->count; i++)
		finding->threads[1 + i] = node_of(looker, found->needs[i].node)->thread;
	finding->thread_count = 1 + found->count;
	steps_fill(looker, finding, found);
	finding->message = message(looker, found);
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
	hubs = hubs_of(&edges);
	for (size_t i = 0; i < edges.count; i++) {
		const struct order_edge *edge = &edges.items[i];

		if (!is_of_interest(looker.model, edge->acquire))
			continue;
		if (edge->release != NO_INDEX)
			look_at(&looker, edge->release, edge->acquire);
		else
			look_through(&looker, &hubs, edge);
	}
	for (size_t i = 0; i < units.count; i++)
		look_at_units(&looker, &units, &units.items[i]);
	findings->truncated.cycles += !holding_is_whole(looker.holding);
	HASH_ITER (hh, looker.groups, group, next) {
		HASH_DEL(looker.groups, group);
		group_report(&looker, group, findings);
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
}

const struct check check_event_holding = {
	.rule = "wait-holding",
	.help = "A wait for a semaphore, condition or barrier keeps a lock that is needed to end "
		"it.",
	.run = find_events_holding,
};
