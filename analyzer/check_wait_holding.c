/*
 * wait-holding: a condition wait that never came back, of a thread that held another lock meanwhile
 * which everybody who signals the condition needs first.
 *
 * A wait that came back shows that somebody does without the lock, seen or not. So what is left are
 * waits that were still going on when the recording ended, and those with a time limit, which are
 * discharged. A signal that always comes before the wait cannot end it: it takes no part.
 *
 * A signaller needs a lock if it holds it in a mode that the waiter's excludes; or if it holds
 * something else that it only ever took, there, while it held that lock (and gave it back); or if
 * it signals without the wait's mutex, which it only ever took while it held that lock: then it
 * cannot have changed before what the waiter looks at.
 */
#include "bisect.h"
#include "compare.h"
#include "file_owner.h"
#include "finding.h"
#include "fingerprint.h"
#include "xalloc.h"
#include <stdlib.h>
#include <uthash.h>

/* Pairs of a wait and a signal, and steps along their paths, at most. */
#define MAX_STEPS (1u << 24)

/* A wait that is a finding, and who would have to end it. */
struct group {
	uint64_t fingerprint;
	uint32_t wait, signal; /* nodes */
	uint32_t outer;	       /* node: where the waiter took the lock that it keeps */
	bool others;	       /* more threads signal, and need such a lock */
	bool timed;
	uint64_t instances;
	UT_hash_handle hh;
};

/* Some of the nodes, in an order of their own. */
struct nodes {
	uint32_t *at;
	size_t count;
};

struct looker {
	struct analysis *analysis;
	const struct model *model;
	struct nodes signals; /* by condition */
	struct nodes again;   /* those that took a mutex again after a wait, by parent */
	struct nodes taken;   /* those that took anything, by lock */
	struct group *groups;
	uint64_t steps_left;
};

static const struct node *node_of(const struct looker *looker, uint32_t node)
{
	return &looker->model->nodes[node];
}

static bool is_signal(const struct node *node)
{
	return node->count > 0 && op_flags(node->op) & TRACE_OP_SIGNAL;
}

static bool is_again(const struct node *node)
{
	return op_flags(node->op) & TRACE_OP_REACQUIRE;
}

static bool is_taken(const struct node *node)
{
	return node->count > 0;
}

/* Ascending by a key; those with the same one in their own order. */
static int compare_keys(uint32_t x, uint32_t y, uint32_t a, uint32_t b)
{
	return x != y ? compare_numbers(x, y) : compare_numbers(a, b);
}

static int by_lock(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return compare_keys(model->nodes[a].lock, model->nodes[b].lock, a, b);
}

static int by_parent(const void *left, const void *right, void *context)
{
	const struct model *model = context;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return compare_keys(model->nodes[a].parent, model->nodes[b].parent, a, b);
}

static struct nodes nodes_of(const struct model *model, bool (*is)(const struct node *node),
			     int (*compare)(const void *, const void *, void *))
{
	struct nodes nodes = {xcalloc(model->node_count + 1, sizeof(*nodes.at)), 0};

	for (uint32_t i = 0; i < model->node_count; i++)
		if (is(&model->nodes[i]))
			nodes.at[nodes.count++] = i;
	/* The model is only read. */
	if (nodes.count)
		qsort_r(nodes.at, nodes.count, sizeof(*nodes.at), compare, (void *)model);
	return nodes;
}

/* The first of that lock, or of a later one. */
static size_t first_of_lock(const struct looker *looker, const struct nodes *nodes, uint32_t lock)
{
	return BISECT(0, nodes->count, i, node_of(looker, nodes->at[i])->lock < lock);
}

static bool is_shared(const struct node *node)
{
	return op_flags(node->op) & TRACE_OP_SHARED;
}

static bool spend(struct looker *looker)
{
	if (looker->steps_left == 0)
		return false;
	looker->steps_left--;
	return true;
}

/* The waits of a node that came back. */
static uint64_t returned(const struct looker *looker, const struct node *node)
{
	return node->wait == NO_INDEX ? 0 : looker->model->waits[node->wait].count;
}

static bool is_wait(const struct looker *looker, const struct node *node)
{
	unsigned flags = op_flags(node->op);

	if (looker->model->locks[node->lock].kind != TRACE_LOCK_condition ||
	    !(flags & TRACE_OP_WAIT) || node->count == 0 || node->parent == NO_INDEX)
		return false;
	return flags & TRACE_OP_TIMED || returned(looker, node) == 0;
}

/* Whether to hold `held` keeps the other thread from what it did at `taken`. */
static bool excludes(const struct looker *looker, const struct node *held, const struct node *taken)
{
	if (held->lock != taken->lock || node_is_void(looker->model, held))
		return false;
	if (!lock_excludes(looker->model, held->taken, taken->taken))
		return false;
	return !is_shared(held) || !is_shared(taken);
}

/* Whether `held` keeps others from what is held on the path from `from` up. */
static bool path_needs(struct looker *looker, uint32_t from, const struct node *held)
{
	for (uint32_t at = from; at != NO_INDEX && spend(looker); at = node_of(looker, at)->parent)
		if (excludes(looker, held, node_of(looker, at)))
			return true;
	return false;
}

/*
 * Whether the thread took the lock only while it held what `held` keeps others from. `there`: where
 * that node did; NULL: anywhere.
 */
static bool taken_under(struct looker *looker, uint32_t thread, uint32_t lock,
			const struct node *there, const struct node *held)
{
	bool taken = false;

	for (size_t i = first_of_lock(looker, &looker->taken, lock);
	     i < looker->taken.count && spend(looker); i++) {
		const struct node *node = node_of(looker, looker->taken.at[i]);

		if (node->lock != lock)
			break;
		if (node->thread != thread)
			continue;
		if (there && (node->stack != there->stack || node->op != there->op))
			continue;
		if (!path_needs(looker, node->parent, held))
			return false;
		taken = true;
	}
	return taken && looker->steps_left > 0;
}

/* Whether the signaller needs the lock that is held there. mutex: the wait's; NO_INDEX. */
static bool signal_needs(struct looker *looker, const struct node *signal, const struct node *held,
			 uint32_t mutex)
{
	bool has_mutex = mutex == NO_INDEX;

	if (path_needs(looker, signal->parent, held))
		return true;
	for (uint32_t at = signal->parent; at != NO_INDEX && spend(looker);
	     at = node_of(looker, at)->parent) {
		const struct node *node = node_of(looker, at);

		has_mutex |= node->lock == mutex;
		/* Never taken so: what stayed held after an unlock out of order. */
		if (node->count == 0 && taken_under(looker, node->thread, node->lock, node, held))
			return true;
	}
	return !has_mutex && taken_under(looker, signal->thread, mutex, NULL, held);
}

/* The mutex of a wait: it still waits for it, or took it again. */
static uint32_t mutex_of(struct looker *looker, const struct node *wait)
{
	const struct model *model = looker->model;
	uint32_t held = model->threads[wait->thread].held;

	if (held != NO_INDEX && model->helds[held].want_lock == wait->lock)
		return model->helds[held].want_mutex_lock;
	for (size_t i = BISECT(0, looker->again.count, j,
			       node_of(looker, looker->again.at[j])->parent < wait->parent);
	     i < looker->again.count && spend(looker); i++) {
		const struct node *node = node_of(looker, looker->again.at[i]);

		if (node->parent != wait->parent)
			break;
		if (node->thread == wait->thread && node->stack == wait->stack)
			return node->lock;
	}
	return NO_INDEX;
}

/* The outermost node of the wait's path that the signaller needs to get past; NO_INDEX. */
static uint32_t obstacle(struct looker *looker, const struct node *wait, const struct node *signal,
			 uint32_t mutex)
{
	uint32_t found = NO_INDEX;

	for (uint32_t at = wait->parent; at != NO_INDEX && spend(looker);
	     at = node_of(looker, at)->parent)
		if (signal_needs(looker, signal, node_of(looker, at), mutex))
			found = at;
	return found;
}

/* Looks at all who could end the wait. False: somebody can, or there is nobody. */
static bool wait_judge(struct looker *looker, uint32_t index, struct group *found)
{
	const struct node *wait = node_of(looker, index);
	uint32_t mutex = mutex_of(looker, wait);

	*found = (struct group){.wait = index, .signal = NO_INDEX};
	for (size_t i = first_of_lock(looker, &looker->signals, wait->lock);
	     i < looker->signals.count; i++) {
		uint32_t signal = looker->signals.at[i], outer;
		uint32_t thread = node_of(looker, signal)->thread;

		if (node_of(looker, signal)->lock != wait->lock)
			break;
		if (thread == wait->thread ||
		    !order_concurrent(looker->analysis->order, index, signal))
			continue;
		outer = obstacle(looker, wait, node_of(looker, signal), mutex);
		if (outer == NO_INDEX)
			return false;
		if (found->signal == NO_INDEX) {
			found->signal = signal;
			found->outer = outer;
		} else {
			found->others |= thread != node_of(looker, found->signal)->thread;
		}
	}
	found->timed = op_flags(wait->op) & TRACE_OP_TIMED;
	return found->signal != NO_INDEX;
}

static const char *place(const struct looker *looker, uint32_t node)
{
	const char *text = names_place_text(looker->analysis->names, node_of(looker, node)->stack);

	return text ? text : "?";
}

static void group_add(struct looker *looker, const struct group *found)
{
	struct names *names = looker->analysis->names;
	uint64_t print = fingerprint_text(FINGERPRINT_START, "wait-holding");
	struct group *group;

	print = fingerprint_text(print,
				 names_lock_class(names, node_of(looker, found->wait)->lock));
	print = fingerprint_text(print,
				 names_lock_class(names, node_of(looker, found->outer)->lock));
	print = fingerprint_text(print, place(looker, found->outer));
	print = fingerprint_text(print, place(looker, found->wait));
	HASH_FIND(hh, looker->groups, &print, sizeof(print), group);
	if (!group) {
		group = xcalloc(1, sizeof(*group));
		*group = *found;
		group->fingerprint = print;
		HASH_ADD(hh, looker->groups, fingerprint, sizeof(print), group);
	} else if (group->timed && !found->timed) {
		group->wait = found->wait;
		group->outer = found->outer;
		group->signal = found->signal;
		group->others = found->others;
		group->timed = false;
	}
	group->instances++;
}

static void step_fill(const struct looker *looker, struct finding_step *step, uint32_t index)
{
	const struct node *node = node_of(looker, index);

	step->thread = node->thread;
	step->wants = finding_hold_of(looker->model, index);
	step->count = node->count;
	finding_step_path(step, looker->model, node->parent);
}

static char *message(const struct looker *looker, const struct group *group)
{
	struct names *names = looker->analysis->names;
	const struct node *wait = node_of(looker, group->wait);
	const char *waiter = names_thread(names, wait->thread);
	const char *outer = names_lock(names, node_of(looker, group->outer)->lock);
	const char *condition = names_lock(names, wait->lock);
	const char *who = names_thread(names, node_of(looker, group->signal)->thread);
	const char *need = group->others ? "and others need" : "needs";
	char *text =
		xasprintf("%s waits for %s while holding %s, which %s %s in order to signal it",
			  waiter, condition, outer, who, need);
	char *whole = group->timed ? xasprintf("%s, but %s gives up after a time.", text, waiter)
				   : xasprintf("%s: the signal never comes.", text);

	free(text);
	return whole;
}

static void group_report(const struct looker *looker, const struct group *group,
			 struct findings *findings)
{
	struct finding *finding = findings_add(findings);

	fingerprint_id(group->fingerprint, finding->id);
	finding->rule = rule_find("wait-holding");
	finding->verdict = group->timed ? VERDICT_DISCHARGED : VERDICT_POTENTIAL;
	finding->reason = group->timed ? REASON_TIMED : REASON_NONE;
	finding->severity = group->timed ? SEVERITY_NOTE : finding->rule->severity;
	finding->instances = group->instances;
	finding->locks = xcalloc(2, sizeof(*finding->locks));
	finding->locks[0] = node_of(looker, group->outer)->lock;
	finding->locks[1] = node_of(looker, group->wait)->lock;
	finding->lock_count = 2;
	finding->threads = xcalloc(2, sizeof(*finding->threads));
	finding->threads[0] = node_of(looker, group->wait)->thread;
	finding->threads[1] = node_of(looker, group->signal)->thread;
	finding->thread_count = 2;
	finding->steps = xcalloc(2, sizeof(*finding->steps));
	step_fill(looker, &finding->steps[0], group->wait);
	step_fill(looker, &finding->steps[1], group->signal);
	finding->step_count = 2;
	finding->message = message(looker, group);
}

static void find_waits_holding(struct analysis *analysis, struct findings *findings)
{
	struct looker looker = {
		.analysis = analysis,
		.model = analysis->model,
		.signals = nodes_of(analysis->model, is_signal, by_lock),
		.steps_left = MAX_STEPS,
	};
	struct group found, *group, *next;

	if (!looker.signals.count) {
		free(looker.signals.at);
		return;
	}
	looker.again = nodes_of(analysis->model, is_again, by_parent);
	looker.taken = nodes_of(analysis->model, is_taken, by_lock);
	for (uint32_t i = 0; i < looker.model->node_count; i++)
		if (is_wait(&looker, node_of(&looker, i)) && wait_judge(&looker, i, &found))
			group_add(&looker, &found);
	/* What ran out of steps was not found to be one. */
	findings->truncated.cycles += looker.steps_left == 0;
	HASH_ITER (hh, looker.groups, group, next) {
		HASH_DEL(looker.groups, group);
		group_report(&looker, group, findings);
		free(group);
	}
	free(looker.signals.at);
	free(looker.again.at);
	free(looker.taken.at);
}

const struct check check_wait_holding = {
	.rule = "wait-holding",
	.help = "A condition wait keeps an outer lock that the signalling thread needs.",
	.run = find_waits_holding,
};
