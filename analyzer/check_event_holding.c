/*
 * wait-holding, of what is recorded as events: a thread waited for a semaphore, a condition or a
 * barrier while it held a lock, and only one other thread could have ended that wait, which took
 * the lock before it came to do so. In the recorded run it was first; if the lock is taken by the
 * waiter first, neither goes on.
 *
 * That only the other one could have is what sync_order.h proves: its release comes before the wait
 * is over in every schedule in which each thread does what it was recorded to do. And nothing else
 * may have made it take the lock before the waiter did (order.h), or have told the waiter (told.h).
 */
#include "bisect.h"
#include "file_owner.h"
#include "finding.h"
#include "fingerprint.h"
#include "sync_order.h"
#include "told.h"
#include "xalloc.h"
#include <stdlib.h>
#include <uthash.h>

/* Steps along paths, and looks at nodes, at most. */
#define MAX_STEPS (1u << 24)

/* Edges through a hub come in twos: the releases of a round are sorted by hub and round. */
struct hubs {
	const struct order_edge **into;
	size_t count;
};

struct holder {
	uint32_t release, acquire; /* events */
	uint32_t outer;		   /* node by which the waiter holds the lock */
	uint32_t since;		   /* in which of its epochs it took it */
	uint32_t needs, needed;	   /* node by which the other one takes it, and epoch */
};

struct group {
	uint64_t fingerprint;
	struct holder found;
	bool timed;
	uint64_t instances;
	UT_hash_handle hh;
};

struct looker {
	struct analysis *analysis;
	const struct model *model;
	uint32_t *across; /* by thread, and first epoch */
	size_t across_count;
	struct group *groups;
	struct told *told;
	uint64_t steps_left;
};

static const struct node *node_of(const struct looker *looker, uint32_t node)
{
	return &looker->model->nodes[node];
}

static bool spend(struct looker *looker)
{
	if (looker->steps_left == 0)
		return false;
	looker->steps_left--;
	return true;
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Whether its thread had to wait there as long as another one has the lock. */
static bool is_asked_for(const struct node *node)
{
	return node->count > 0 && !node->implied &&
	       !(op_flags(node->op) & (TRACE_OP_TRY | TRACE_OP_SIGNAL | TRACE_OP_WAIT));
}

/* In the order of threads and epochs, before that epoch of that thread. */
static bool across_before(const struct model *model, uint32_t index, uint32_t thread,
			  uint32_t epoch)
{
	const struct across *across = &model->across[index];
	const uint32_t owner = model->nodes[across->node].thread;

	return owner != thread ? owner < thread : across->first < epoch;
}

static int by_across(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	const uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;
	const struct across *a = &model->across[x], *b = &model->across[y];

	if (model->nodes[a->node].thread != model->nodes[b->node].thread)
		return compare(model->nodes[a->node].thread, model->nodes[b->node].thread);
	return a->first != b->first ? compare(a->first, b->first) : compare(x, y);
}

static void list_across(struct looker *looker)
{
	const struct model *model = looker->model;

	looker->across_count = model->across_count;
	looker->across = xcalloc(model->across_count + 1, sizeof(*looker->across));
	for (uint32_t i = 0; i < model->across_count; i++)
		looker->across[i] = i;
	if (model->across_count)
		qsort_r(looker->across, model->across_count, sizeof(*looker->across), by_across,
			(void *)model);
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

static bool has_lock(struct looker *looker, uint32_t path, uint32_t lock)
{
	while (path != NO_INDEX && node_of(looker, path)->lock != lock && spend(looker))
		path = node_of(looker, path)->parent;
	return path != NO_INDEX && looker->steps_left > 0;
}

/* The epoch in which the thread took what it still holds in that one. */
static uint32_t begin_of_hold(struct looker *looker, uint32_t outer, uint32_t epoch)
{
	const struct model *model = looker->model;
	const uint32_t thread = node_of(looker, outer)->thread;
	size_t i = BISECT(0, looker->across_count, k,
			  across_before(model, looker->across[k], thread, epoch));

	while (i-- > 0 && spend(looker)) {
		const struct across *across = &model->across[looker->across[i]];

		if (node_of(looker, across->node)->thread != thread)
			break;
		if (across->last + 1 >= epoch &&
		    has_lock(looker, across->node, node_of(looker, outer)->lock))
			epoch = across->first;
	}
	return epoch;
}

/* The same, where the last time that it was taken so is known. */
static uint32_t since_of(struct looker *looker, uint32_t outer, uint32_t epoch)
{
	const struct node *node = node_of(looker, outer);
	const struct span *last =
		&looker->model
			 ->spans[node->first_span + (node->span_count ? node->span_count - 1 : 0)];

	if (node->span_count && last->last <= epoch)
		return last->last;
	return begin_of_hold(looker, outer, epoch);
}

static bool excludes(const struct looker *looker, const struct node *held, const struct node *taken)
{
	return !node_is_void(looker->model, held) &&
	       lock_excludes(looker->model, held->taken, taken->taken) &&
	       !(op_flags(held->op) & op_flags(taken->op) & TRACE_OP_SHARED);
}

/* Whether it may take the lock only after the waiter has: then it does not come to the release. */
static bool may_come_later(const struct looker *looker, const struct holder *at)
{
	const uint32_t most = looker->model->events[at->release].epoch;
	const struct node *outer = node_of(looker, at->outer), *needs = node_of(looker, at->needs);
	struct order *order = looker->analysis->order;
	const struct telling telling = {outer->thread, at->since, at->needs, at->needed, most};

	return excludes(looker, outer, needs) &&
	       !order_before(order, needs->thread, at->needed, outer->thread, at->since) &&
	       !order_before(order, outer->thread, at->since, needs->thread, at->needed) &&
	       !told_otherwise(looker->told, &telling);
}

/* Where the releasing thread took the lock of at->outer. */
static bool find_need(struct looker *looker, struct holder *at)
{
	const uint32_t thread = looker->model->events[at->release].thread;
	const uint32_t lock = node_of(looker, at->outer)->lock;
	size_t count;
	const uint32_t *taken = told_taken(looker->told, thread, lock, &count);

	for (size_t i = 0; i < count && spend(looker); i++) {
		at->needs = taken[i];
		if (is_asked_for(node_of(looker, at->needs)) &&
		    last_until(looker->model, node_of(looker, at->needs),
			       looker->model->events[at->release].epoch, &at->needed) &&
		    may_come_later(looker, at))
			return true;
	}
	return false;
}

static const char *place(const struct looker *looker, uint32_t stack)
{
	const char *text = names_place_text(looker->analysis->names, stack);

	return text ? text : "?";
}

static void group_add(struct looker *looker, const struct holder *found)
{
	struct names *names = looker->analysis->names;
	const struct event *acquire = &looker->model->events[found->acquire];
	const struct node *outer = node_of(looker, found->outer);
	const bool timed = op_flags(node_of(looker, found->needs)->op) & TRACE_OP_TIMED;
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
		group->timed = timed;
		HASH_ADD(hh, looker->groups, fingerprint, sizeof(print), group);
	} else if (group->timed && !timed) {
		group->found = *found;
		group->timed = false;
	}
	group->instances++;
}

/* What the waiter held when it came back, from the outside. */
static void look_at(struct looker *looker, uint32_t release, uint32_t acquire)
{
	const struct event *from = &looker->model->events[release];
	const struct event *to = &looker->model->events[acquire];
	struct holder at = {.release = release, .acquire = acquire}, found;
	bool any = false;

	if (to->node == NO_INDEX || from->thread == to->thread || !to->epoch)
		return;
	for (at.outer = to->node; at.outer != NO_INDEX && spend(looker);
	     at.outer = node_of(looker, at.outer)->parent) {
		at.since = since_of(looker, at.outer, to->epoch - 1);
		if (!find_need(looker, &at))
			continue;
		found = at;
		any = true;
	}
	if (any)
		group_add(looker, &found);
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

	for (; i < hubs->count && spend(looker); i++) {
		if (hubs->into[i]->to != out->from || hubs->into[i]->arrives != out->leaves)
			break;
		look_at(looker, hubs->into[i]->release, out->acquire);
	}
}

static void steps_fill(const struct looker *looker, struct finding *finding,
		       const struct holder *found)
{
	const struct event *acquire = &looker->model->events[found->acquire];
	const struct node *needs = node_of(looker, found->needs);

	finding->steps = xcalloc(2, sizeof(*finding->steps));
	finding->step_count = 2;
	finding->steps[0].thread = acquire->thread;
	finding_step_path(&finding->steps[0], looker->model, acquire->node);
	finding->steps[0].wants = (struct finding_hold){
		.lock = acquire->lock, .op = acquire->act, .stack = acquire->stack};
	finding->steps[0].count = 1;
	finding->steps[1].thread = needs->thread;
	finding_step_path(&finding->steps[1], looker->model, needs->parent);
	finding->steps[1].wants = finding_hold_of(looker->model, found->needs);
	finding->steps[1].count = needs->count;
}

/* What the other one does for it. */
static const char *deed(uint16_t kind)
{
	switch (kind) {
	case TRACE_EVENT_posted:
		return "posts it";
	case TRACE_EVENT_arrived:
		return "comes to it";
	default:
		return "signals it";
	}
}

static char *message(const struct looker *looker, const struct group *group)
{
	struct names *names = looker->analysis->names;
	const struct event *release = &looker->model->events[group->found.release];
	const struct event *acquire = &looker->model->events[group->found.acquire];
	const char *waiter = names_thread(names, acquire->thread);
	const char *object = names_lock(names, acquire->lock);
	const char *outer = names_lock(names, node_of(looker, group->found.outer)->lock);
	const char *who = names_thread(names, release->thread);
	char *text = xasprintf("%s waits for %s while holding %s, which %s takes before it %s",
			       waiter, object, outer, who, deed(release->kind));
	char *whole = group->timed
			      ? xasprintf("%s, but %s gives up after a time.", text, who)
			      : xasprintf("%s: if %s has it first, neither goes on.", text, waiter);

	free(text);
	return whole;
}

static void group_report(const struct looker *looker, const struct group *group,
			 struct findings *findings)
{
	const struct event *acquire = &looker->model->events[group->found.acquire];
	struct finding *finding = findings_add(findings);

	fingerprint_id(group->fingerprint, finding->id);
	finding->rule = rule_find("wait-holding");
	finding->verdict = group->timed ? VERDICT_DISCHARGED : VERDICT_POTENTIAL;
	finding->reason = group->timed ? REASON_TIMED : REASON_NONE;
	finding->severity = group->timed ? SEVERITY_NOTE : finding->rule->severity;
	finding->instances = group->instances;
	finding->locks = xcalloc(2, sizeof(*finding->locks));
	finding->locks[0] = node_of(looker, group->found.outer)->lock;
	finding->locks[1] = acquire->lock;
	finding->lock_count = 2;
	finding->threads = xcalloc(2, sizeof(*finding->threads));
	finding->threads[0] = acquire->thread;
	finding->threads[1] = node_of(looker, group->found.needs)->thread;
	finding->thread_count = 2;
	steps_fill(looker, finding, &group->found);
	finding->message = message(looker, group);
}

static void find_events_holding(struct analysis *analysis, struct findings *findings)
{
	struct looker looker = {
		.analysis = analysis,
		.model = analysis->model,
		.steps_left = MAX_STEPS,
	};
	struct order_edges edges = {0};
	struct group *group, *next;
	struct hubs hubs;

	if (!analysis->model->event_count)
		return;
	sync_order_find(analysis->model, &edges);
	looker.told = told_new(analysis->model);
	list_across(&looker);
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
	findings->truncated.cycles += looker.steps_left == 0;
	HASH_ITER (hh, looker.groups, group, next) {
		HASH_DEL(looker.groups, group);
		group_report(&looker, group, findings);
		free(group);
	}
	free(hubs.into);
	free(edges.items);
	told_free(looker.told);
	free(looker.across);
}

const struct check check_event_holding = {
	.rule = "wait-holding",
	.help = "A wait for a semaphore, condition or barrier keeps a lock that is needed to end "
		"it.",
	.run = find_events_holding,
};
