/* Puts what was found of waits that keep a lock into findings, and words. */
#include "event_holding_text.h"

#include <stdlib.h>

#include "fingerprint.h"
#include "xalloc.h"

struct teller {
	struct names *names;
	const struct model *model;
	const struct holding_found *found;
};

static const struct node *node_of(const struct teller *teller, const struct holding_need *need)
{
	return &teller->model->nodes[need->node];
}

static const char *lock_name(const struct teller *teller, uint32_t lock)
{
	return names_lock(teller->names, lock);
}

static const char *thread_name(const struct teller *teller, uint32_t thread)
{
	return names_thread(teller->names, thread);
}

/* Whether the thread posts it, or the like. */
static bool does_it(const struct teller *teller, uint32_t lock, uint32_t thread)
{
	const struct model *model = teller->model;

	for (size_t i = 0; i < model->tally_count; i++)
		if (model->tallies[i].lock == lock && model->tallies[i].thread == thread &&
		    (model->tallies[i].kind == TRACE_EVENT_posted ||
		     model->tallies[i].kind == TRACE_EVENT_signalled ||
		     model->tallies[i].kind == TRACE_EVENT_arrived))
			return true;
	return false;
}

/* What is done to end the wait; by those who need the lock, or by others who wait for them. The
 * caller frees it. */
static char *deed(const struct teller *teller)
{
	const struct holding_found *found = teller->found;
	const struct holding_wait *wait = &found->wait;

	if (wait->joined != NO_INDEX)
		return xasprintf("%s can end", thread_name(teller, wait->joined));
	for (size_t i = 0; i < found->count; i++)
		if (!does_it(teller, wait->lock, node_of(teller, &found->needs[i])->thread))
			return xasprintf("%s", "it is posted");
	switch (teller->model->events[wait->event].kind) {
	case TRACE_EVENT_taken:
		return xasprintf("%s", found->count == 1 ? "it posts it" : "they post it");
	case TRACE_EVENT_left:
		return xasprintf("%s", "it comes to it");
	default:
		return xasprintf("%s", "it signals it");
	}
}

/* Whether they all take the lock that the waiter holds. */
static bool is_direct(const struct teller *teller)
{
	const struct holding_found *found = teller->found;

	for (size_t i = 0; i < found->count; i++)
		if (node_of(teller, &found->needs[i])->lock !=
		    teller->model->nodes[found->outer].lock)
			return false;
	return found->further_count == 0;
}

/* "a", "a and b", "a, b and c"; with what each takes, if that is not the same for all. The caller
 * frees it. */
static char *who_text(const struct teller *teller)
{
	const struct holding_found *found = teller->found;
	char *text = NULL;

	for (size_t i = 0; i < found->count; i++) {
		const struct node *node = node_of(teller, &found->needs[i]);
		const char *between = !i ? "" : i + 1 == found->count ? " and " : ", ";
		const bool direct = is_direct(teller);
		char *longer = xasprintf("%s%s%s%s%s", text ? text : "", between,
					 thread_name(teller, node->thread), direct ? "" : " takes ",
					 direct ? "" : lock_name(teller, node->lock));

		free(text);
		text = longer;
	}
	return text;
}

/* Whether one of those who take part wants it. */
static bool is_wanted(const struct teller *teller, uint32_t lock)
{
	const struct holding_found *found = teller->found;

	for (size_t i = 0; i < found->count; i++)
		if (node_of(teller, &found->needs[i])->lock == lock)
			return true;
	for (size_t i = 0; i < found->further_count; i++)
		if (node_of(teller, &found->further[i])->lock == lock)
			return true;
	return false;
}

/* Of what it holds where it wants another lock, what is wanted from it. */
static uint32_t kept(const struct teller *teller, const struct holding_need *further)
{
	const uint32_t inner = node_of(teller, further)->parent;

	for (uint32_t at = inner; at != NO_INDEX; at = teller->model->nodes[at].parent)
		if (is_wanted(teller, teller->model->nodes[at].lock))
			return teller->model->nodes[at].lock;
	return teller->model->nodes[inner].lock;
}

/* How a circle goes on, and how it ends. */
static char *further_text(const struct teller *teller)
{
	const struct holding_found *found = teller->found;
	char *text = xasprintf("%s", ""), *who, *what, *whole;

	for (size_t i = 0; i < found->further_count; i++) {
		const struct holding_need *further = &found->further[i];
		/* Numbered as they are read. */
		const char *taken = lock_name(teller, node_of(teller, further)->lock);
		const char *held = lock_name(teller, kept(teller, further));
		char *longer = xasprintf("%s; %s takes %s while holding %s", text,
					 thread_name(teller, node_of(teller, further)->thread),
					 taken, held);

		free(text);
		text = longer;
	}
	who = who_text(teller);
	what = deed(teller);
	whole = xasprintf("%s; %s before %s: %s", text, who, what,
			  found->timed ? "but not all of them wait without a time limit."
				       : "if each has first what it holds, none of them goes on.");
	free(text);
	free(who);
	free(what);
	return whole;
}

static char *direct_text(const struct teller *teller)
{
	const struct holding_found *found = teller->found;
	const bool one = found->count == 1;
	char *who = who_text(teller), *what = deed(teller), *end, *whole;

	if (!found->timed)
		end = xasprintf(": if %s has it first, %s goes on.",
				thread_name(teller, found->wait.thread),
				one ? "neither" : "none of them");
	else if (one)
		end = xasprintf(", but %s gives up after a time.", who);
	else
		end = xasprintf("%s", ", but not all of them wait for it without a time limit.");
	whole = xasprintf(", which %s %s before %s%s", who, one ? "takes" : "take", what, end);
	free(who);
	free(what);
	free(end);
	return whole;
}

/* Whether the waiter holds it by that node, and it is wanted, beside the one that is told first. */
static bool is_another(const struct teller *teller, uint32_t at)
{
	const struct node *nodes = teller->model->nodes;

	return nodes[at].lock != nodes[teller->found->outer].lock &&
	       is_wanted(teller, nodes[at].lock);
}

/* What the waiter holds that is wanted. */
static char *held_text(const struct teller *teller)
{
	const struct node *nodes = teller->model->nodes;
	char *text = xasprintf("%s", lock_name(teller, nodes[teller->found->outer].lock));

	for (uint32_t at = teller->found->wait.node; at != NO_INDEX; at = nodes[at].parent) {
		char *longer;

		if (!is_another(teller, at))
			continue;
		longer = xasprintf("%s and %s", text, lock_name(teller, nodes[at].lock));
		free(text);
		text = longer;
	}
	return text;
}

static char *message(const struct teller *teller)
{
	const struct holding_found *found = teller->found;
	char *rest = is_direct(teller) ? direct_text(teller) : further_text(teller);
	char *held = held_text(teller);
	char *whole = xasprintf("%s waits for %s while holding %s%s",
				thread_name(teller, found->wait.thread),
				lock_name(teller, found->wait.lock), held, rest);

	free(rest);
	free(held);
	return whole;
}

static void step_fill(const struct teller *teller, struct finding_step *step,
		      const struct holding_need *need)
{
	const struct node *node = node_of(teller, need);

	step->thread = node->thread;
	finding_step_path(step, teller->model, node->parent);
	step->wants = finding_hold_of(teller->model, need->node);
	step->count = node->count;
}

static void steps_fill(const struct teller *teller, struct finding *finding)
{
	const struct holding_found *found = teller->found;
	const struct holding_wait *wait = &found->wait;
	struct finding_step *step;

	finding->step_count = 1 + found->further_count + found->count;
	step = finding->steps = xcalloc(finding->step_count, sizeof(*step));
	step->thread = wait->thread;
	finding_step_path(step, teller->model, wait->node);
	step->wants =
		(struct finding_hold){.lock = wait->lock, .op = wait->act, .stack = wait->stack};
	step->count = 1;
	for (size_t i = 0; i < found->further_count; i++)
		step_fill(teller, ++step, &found->further[i]);
	for (size_t i = 0; i < found->count; i++)
		step_fill(teller, ++step, &found->needs[i]);
}

static void locks_fill(const struct teller *teller, struct finding *finding)
{
	const struct holding_found *found = teller->found;

	finding->lock_count = 2 + found->further_count;
	finding->locks = xcalloc(finding->lock_count + found->count, sizeof(*finding->locks));
	finding->locks[0] = teller->model->nodes[found->outer].lock;
	finding->locks[1] = found->wait.lock;
	for (size_t i = 0; i < found->further_count; i++)
		finding->locks[2 + i] = kept(teller, &found->further[i]);
	for (size_t i = 0; i < found->count; i++) {
		const uint32_t lock = node_of(teller, &found->needs[i])->lock;
		size_t k = 0;

		while (k < finding->lock_count && finding->locks[k] != lock)
			k++;
		if (k == finding->lock_count)
			finding->locks[finding->lock_count++] = lock;
	}
}

void event_holding_report(struct analysis *analysis, const struct holding_found *found,
			  uint64_t fingerprint, uint64_t instances, struct findings *findings)
{
	const struct teller teller = {analysis->names, analysis->model, found};
	struct finding *finding = findings_add(findings);

	fingerprint_id(fingerprint, finding->id);
	finding->rule = rule_find("wait-holding");
	finding->verdict = found->timed ? VERDICT_DISCHARGED : VERDICT_POTENTIAL;
	finding->reason = found->timed ? REASON_TIMED : REASON_NONE;
	finding->severity = found->timed ? SEVERITY_NOTE : finding->rule->severity;
	finding->instances = instances;
	locks_fill(&teller, finding);
	steps_fill(&teller, finding);
	finding->threads = xcalloc(finding->step_count, sizeof(*finding->threads));
	finding->thread_count = finding->step_count;
	for (size_t i = 0; i < finding->step_count; i++)
		finding->threads[i] = finding->steps[i].thread;
	finding->message = message(&teller);
}
