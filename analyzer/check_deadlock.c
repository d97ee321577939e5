/*
 * deadlock-cycle, self-deadlock: threads that wait for each other, or for themselves, when the
 * recording ends (wait_graph.h), or earlier, as the recorder saw (past_waits.h).
 *
 * A step for each thread of the circle: all that it holds, and what it waits for. The fingerprint
 * is made as that of lock-order, of the set of steps.
 */
#include "compare.h"
#include "deadlock_text.h"
#include "fingerprint.h"
#include "past_waits.h"
#include "wait_step.h"
#include "xalloc.h"
#include <stdlib.h>

struct reporter {
	struct analysis *analysis;
	const struct wait_graph *graph;
	bool past; /* they do not wait any more */
};

static const char *class_of(const struct reporter *reporter, uint32_t lock)
{
	return lock == NO_INDEX ? "" : names_lock_class(reporter->analysis->names, lock);
}

/* held: the lock that the thread keeps from the one before it; NO_INDEX: its own end. */
static uint64_t step_print(const struct reporter *reporter, const struct waiter *waiter,
			   uint32_t held)
{
	uint32_t node = held == NO_INDEX ? NO_INDEX : waiter_hold(reporter->graph, waiter, held);
	uint64_t print = fingerprint_text(FINGERPRINT_START, class_of(reporter, held));

	print = fingerprint_text(print, class_of(reporter, waiter_wanted(waiter)));
	print = wait_print_place(reporter->analysis->names, print,
				 node == NO_INDEX ? NO_INDEX
						  : reporter->graph->model->nodes[node].stack);
	return wait_print_place(reporter->analysis->names, print, waiter->stack);
}

static uint32_t wanted_by(const struct reporter *reporter, uint32_t waiter)
{
	return waiter_wanted(&reporter->graph->waiters[waiter]);
}

/* What waiter i of the circle keeps from the one before it. */
static uint32_t kept_by(const struct reporter *reporter, const struct wait_cycle *cycle, uint32_t i)
{
	return wanted_by(reporter, cycle->waiters[(i + cycle->count - 1) % cycle->count]);
}

static uint64_t cycle_print(const struct reporter *reporter, const struct wait_cycle *cycle,
			    const char *rule)
{
	uint64_t *prints = xcalloc(cycle->count, sizeof(*prints));
	uint64_t print = fingerprint_text(FINGERPRINT_START, rule);

	for (uint32_t i = 0; i < cycle->count; i++)
		prints[i] = step_print(reporter, &reporter->graph->waiters[cycle->waiters[i]],
				       kept_by(reporter, cycle, i));
	qsort(prints, cycle->count, sizeof(*prints), compare_u64);
	for (uint32_t i = 0; i < cycle->count; i++)
		if (i == 0 || prints[i] != prints[i - 1])
			print = fingerprint_number(print, prints[i]);
	free(prints);
	return print;
}

static void fill(const struct reporter *reporter, const struct wait_cycle *cycle,
		 struct finding *finding)
{
	finding->locks = xcalloc(cycle->count, sizeof(*finding->locks));
	finding->threads = xcalloc(cycle->count, sizeof(*finding->threads));
	finding->steps = xcalloc(cycle->count, sizeof(*finding->steps));
	finding->step_count = cycle->count;
	for (uint32_t i = 0; i < cycle->count; i++) {
		const struct waiter *waiter = &reporter->graph->waiters[cycle->waiters[i]];

		wait_step_fill(&finding->steps[i], reporter->graph, waiter, waiter_wanted(waiter));
		wait_list_add(finding->locks, &finding->lock_count, kept_by(reporter, cycle, i));
		wait_list_add(finding->threads, &finding->thread_count, waiter->thread);
	}
}

static void report_cycle(const struct reporter *reporter, const struct wait_cycle *cycle,
			 struct findings *findings)
{
	const char *rule = cycle->count == 1 ? "self-deadlock" : "deadlock-cycle";
	struct finding *finding = findings_add(findings);

	fingerprint_id(cycle_print(reporter, cycle, rule), finding->id);
	finding->rule = rule_find(rule);
	finding->verdict = VERDICT_OBSERVED;
	finding->reason = REASON_NONE;
	finding->severity = finding->rule->severity;
	finding->instances = 1;
	finding->message =
		deadlock_text(reporter->analysis->names, reporter->graph, cycle, reporter->past);
	fill(reporter, cycle, finding);
}

static void find_deadlocks(struct analysis *analysis, struct findings *findings)
{
	struct wait_graph *graph = wait_graph_new(analysis->model, analysis->facts);
	struct reporter reporter = {analysis, graph, false};
	struct past_waits past;

	for (uint32_t i = 0; i < graph->cycle_count; i++)
		report_cycle(&reporter, &graph->cycles[i], findings);
	past_waits_make(&past, graph);
	reporter = (struct reporter){analysis, &past.graph, true};
	for (uint32_t i = 0; i < past.graph.cycle_count; i++) {
		reporter.past = past.broken[i];
		report_cycle(&reporter, &past.graph.cycles[i], findings);
	}
	past_waits_free(&past);
	wait_graph_free(graph);
}

const struct check check_deadlock = {
	.rule = "deadlock-cycle",
	.help = "Threads wait for each other, or for what nobody will do.",
	.run = find_deadlocks,
};
