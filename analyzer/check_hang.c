/*
 * hang: threads that wait for what nobody can do any more (hangs.h).
 *
 * A step for each of them, those first that do not wait for one another; then, of an orphaned lock,
 * one for the thread that took it away, and of a condition or a semaphore one for who signalled or
 * posted it before. The fingerprint is made of the set of the first ones' waits: how many others
 * are stuck behind them depends on the load.
 */
#include "compare.h"
#include "fingerprint.h"
#include "hang_cause.h"
#include "hang_text.h"
#include "wait_step.h"
#include "xalloc.h"
#include <stdlib.h>

/* Threads that are listed; of more, those at the same place alike are left out first. */
#define MAX_STEPS 64u
/* Of conditions and semaphores, those who signalled or posted them. */
#define MAX_CAUSES 3u

static uint32_t wanted_by(const struct hang *hang, const struct waiter *waiter)
{
	return waiter_wanted(waiter) == hang->orphan.lock ? hang->orphan.lock : waiter->lock;
}

static uint64_t wait_print(struct names *names, const struct hang *hang,
			   const struct waiter *waiter)
{
	uint32_t wanted = wanted_by(hang, waiter);
	uint64_t print = FINGERPRINT_START;

	print = fingerprint_text(print, wanted == NO_INDEX ? "" : names_lock_class(names, wanted));
	print = fingerprint_text(print, act_function(waiter->op));
	return wait_print_place(names, print, waiter->stack);
}

static uint64_t hang_print(struct names *names, const struct wait_graph *graph,
			   const struct hang *hang)
{
	uint64_t *prints = xcalloc(hang->root_count, sizeof(*prints));
	uint64_t print = fingerprint_text(FINGERPRINT_START, "hang");

	for (uint32_t i = 0; i < hang->root_count; i++)
		prints[i] = wait_print(names, hang, &graph->waiters[hang->waiters[i]]);
	if (hang->root_count)
		qsort(prints, hang->root_count, sizeof(*prints), compare_u64);
	for (uint32_t i = 0; i < hang->root_count; i++)
		if (i == 0 || prints[i] != prints[i - 1])
			print = fingerprint_number(print, prints[i]);
	free(prints);
	return print;
}

/* It ended, or forked, or its process ended: what it did with the lock is the cause. */
static void fill_cause(const struct orphan *orphan, struct finding *finding)
{
	struct finding_step *step = &finding->steps[finding->step_count];

	if (orphan->thread == NO_INDEX)
		return;
	finding->step_count++;
	step->thread = orphan->thread;
	step->count = 1;
	step->holds = xcalloc(1, sizeof(*step->holds));
	step->holds[0] = (struct finding_hold){
		.lock = orphan->lock,
		.op = orphan->op,
		.stack = orphan->stack,
	};
	step->hold_count = 1;
	step->wants = (struct finding_hold){
		.lock = orphan->lock,
		.op = TRACE_ACT_thread_end,
		.stack = NO_INDEX,
	};
	wait_list_add(finding->threads, &finding->thread_count, orphan->thread);
}

/* Who signalled or posted before, once for each condition or semaphore. */
static void fill_signallers(const struct wait_graph *graph, const struct hang *hang,
			    struct finding *finding)
{
	uint32_t told[MAX_CAUSES], count = 0;

	for (uint32_t i = 0; i < hang->root_count && count < MAX_CAUSES; i++) {
		const struct waiter *waiter = &graph->waiters[hang->waiters[i]];
		struct finding_step *step = &finding->steps[finding->step_count];
		struct hang_cause cause;
		bool known = false;

		for (uint32_t k = 0; k < count; k++)
			known = known || told[k] == waiter->lock;
		if (known || waiter->lock == hang->orphan.lock ||
		    !hang_cause_find(graph, waiter, &cause) || cause.thread == NO_INDEX)
			continue;
		told[count++] = waiter->lock;
		finding->step_count++;
		step->thread = cause.thread;
		step->count = cause.count;
		step->wants = (struct finding_hold){
			.lock = waiter->lock,
			.op = cause.op,
			.stack = cause.stack,
		};
		wait_list_add(finding->threads, &finding->thread_count, cause.thread);
	}
}

static void fill(const struct wait_graph *graph, const struct hang *hang, struct finding *finding)
{
	uint32_t listed = hang->count < MAX_STEPS ? hang->count : MAX_STEPS;
	size_t room = (size_t)listed + 1 + MAX_CAUSES;

	finding->locks = xcalloc(room, sizeof(*finding->locks));
	finding->threads = xcalloc(room, sizeof(*finding->threads));
	finding->steps = xcalloc(room, sizeof(*finding->steps));
	finding->step_count = listed;
	for (uint32_t i = 0; i < listed; i++) {
		const struct waiter *waiter = &graph->waiters[hang->waiters[i]];
		uint32_t wanted = wanted_by(hang, waiter);

		wait_step_fill(&finding->steps[i], graph, waiter, wanted);
		wait_list_add(finding->locks, &finding->lock_count, wanted);
		wait_list_add(finding->threads, &finding->thread_count, waiter->thread);
	}
	fill_cause(&hang->orphan, finding);
	fill_signallers(graph, hang, finding);
}

static void report(struct analysis *analysis, const struct wait_graph *graph,
		   const struct hang *hang, struct findings *findings)
{
	struct finding *finding = findings_add(findings);

	fingerprint_id(hang_print(analysis->names, graph, hang), finding->id);
	finding->rule = rule_find("hang");
	finding->verdict = VERDICT_OBSERVED;
	finding->reason = REASON_NONE;
	finding->severity = finding->rule->severity;
	finding->instances = 1;
	finding->message = hang_text(analysis->names, graph, hang);
	fill(graph, hang, finding);
}

static void find_hangs(struct analysis *analysis, struct findings *findings)
{
	struct wait_graph *graph = wait_graph_new(analysis->model, analysis->facts);
	struct hangs hangs;

	hangs_find(graph, &hangs);
	for (size_t i = 0; i < hangs.count; i++)
		report(analysis, graph, &hangs.items[i], findings);
	hangs_free(&hangs);
	wait_graph_free(graph);
}

const struct check check_hang = {
	.rule = "hang",
	.help = "Threads wait for what nobody can do any more.",
	.run = find_hangs,
};
