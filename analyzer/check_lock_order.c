/*
 * lock-order: every cycle of the acquisition graph is judged, equal ones are one finding.
 *
 * Cycles are equal if their steps are: the classes of the held and of the wanted lock, and the
 * functions where the one was taken and the other is wanted. The fingerprint is made of the *set*
 * of steps, so that a ring of five objects of one kind is the same bug as a ring of two.
 */
#include "compare.h"
#include "cycles.h"
#include "fingerprint.h"
#include "lock_order_text.h"
#include "once.h"
#include "order_text.h"
#include "reread.h"
#include "step.h"
#include "tries.h"
#include "unseen.h"
#include "verdict.h"
#include "witness.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Steps of search (cycles.h) for all components together. */
#define TOTAL_STEPS (1u << 27)
/* What it costs to have visited a cycle, in such steps. */
#define VISIT_STEPS 64u
/* Findings at most, of the ones that can deadlock and of the discharged ones. */
#define MAX_FINDINGS 10000u
/* Cycles of one fingerprint for which a witness is looked for. */
#define MAX_WITNESS_TRIES 8u

/* All cycles of one fingerprint, and the one that is shown. */
struct group {
	uint64_t fingerprint;
	enum verdict verdict;
	enum reason reason;
	uint32_t gate;
	uint32_t *locks;
	struct judged_step *steps;
	size_t count;
	uint64_t instances;
	struct witness_move *moves; /* of a feasible one */
	size_t move_count;
	uint32_t fresh; /* a lock that may not be known to others, in all that were tried */
	struct unseen_module unseen; /* why a witness is none; UNSEEN_NONE */
	unsigned tries;
	UT_hash_handle hh;
};

struct searcher {
	struct analysis *analysis;
	struct graph *graph;
	struct places *places;
	struct judge *judge;
	struct witnesses *witnesses;
	struct unseen *unseen;
	struct group *groups;
	size_t group_count[VERDICT_COUNT];
	uint64_t cut; /* cycles not judged to the end, findings dropped */
};

static const char *place_text(void *context, uint32_t stack)
{
	struct analysis *analysis = context;
	return names_place_text(analysis->names, stack);
}

static const char *class_of(const struct searcher *searcher, uint32_t lock)
{
	return names_lock_class(searcher->analysis->names, lock);
}

/* Whether a join takes part in the cycle. */
static const char *rule_of(const struct searcher *searcher, const uint32_t *locks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (graph_is_end(searcher->graph, locks[i]))
			return "join-order";
	return "lock-order";
}

static uint64_t step_print(const struct searcher *searcher, uint32_t held, uint32_t wanted,
			   const struct judged_step *step)
{
	uint64_t print = FINGERPRINT_START;
	print = fingerprint_text(print, class_of(searcher, held));
	print = fingerprint_text(print, class_of(searcher, wanted));
	print = fingerprint_text(print, places_text(searcher->places, step->hold_place));
	return fingerprint_text(print, places_text(searcher->places, step->want_place));
}

static uint64_t cycle_print(const struct searcher *searcher, const uint32_t *locks, size_t count,
			    const struct judged_step *steps)
{
	uint64_t prints[CYCLES_MAX_LENGTH];
	for (size_t i = 0; i < count; i++)
		prints[i] = step_print(searcher, locks[i], locks[(i + 1) % count], &steps[i]);
	qsort(prints, count, sizeof(*prints), compare_u64);
	uint64_t print = fingerprint_text(FINGERPRINT_START, rule_of(searcher, locks, count));
	for (size_t i = 0; i < count; i++)
		if (i == 0 || prints[i] != prints[i - 1])
			print = fingerprint_number(print, prints[i]);
	return print;
}

/* Whether the judgement should be shown in place of the group's: worse, or discharged for another
 * reason (any fixed rule will do, so that reports of equal runs are equal). */
static bool supersedes(const struct judgement *judgement, const struct group *group)
{
	if (judgement->verdict != group->verdict)
		return judgement->verdict < group->verdict;
	return judgement->reason < group->reason;
}

static void group_show(struct group *group, const uint32_t *locks, size_t count,
		       const struct judgement *judgement)
{
	group->verdict = judgement->verdict;
	group->reason = judgement->reason;
	group->gate = judgement->gate;
	group->count = count;
	group->locks = xreallocarray(group->locks, count, sizeof(*group->locks));
	group->steps = xreallocarray(group->steps, count, sizeof(*group->steps));
	memcpy(group->locks, locks, count * sizeof(*locks));
	memcpy(group->steps, judgement->steps, count * sizeof(*group->steps));
}

/* The threads of the cycle, then the writers between its readers. False: too many. */
static bool parties_list(const struct searcher *searcher, const struct judged_step *steps,
			 size_t count, struct witness_party *parties, size_t *party_count)
{
	size_t nodes = searcher->analysis->model->node_count;
	*party_count = 0;
	if (2 * count > WITNESS_MAX_PARTIES)
		return false;
	for (size_t i = 0; i < count; i++)
		parties[(*party_count)++] = (struct witness_party){
			.node = steps[i].node,
			.holder = steps[i].holder < nodes ? steps[i].holder : NO_INDEX,
		};
	for (size_t i = 0; i < count; i++)
		if (steps[i].writer != NO_INDEX)
			parties[(*party_count)++] =
				(struct witness_party){steps[i].writer, NO_INDEX, .writer = true};
	return true;
}

static struct unseen_module group_unseen(struct searcher *searcher, const struct judged_step *step)
{
	const struct model *model = searcher->analysis->model;
	uint32_t thread = model->nodes[step->node].thread;
	return unseen_in(searcher->unseen, model->threads[thread].process);
}

/* Whether it takes another thread to do some of these, which did not. */
static bool parties_share(const struct model *model, const struct witness_party *parties,
			  size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (model->nodes[parties[i].node].thread ==
			    model->nodes[parties[j].node].thread)
				return true;
	return false;
}

/*
 * Makes a potential group feasible if this one of its cycles has a witness. Parties of a witness
 * are of one process.
 */
static void group_witness(struct searcher *searcher, struct group *group, const uint32_t *locks,
			  size_t count, const struct judgement *judgement)
{
	struct witness_party parties[WITNESS_MAX_PARTIES];
	struct witness_move *moves;
	size_t party_count, move_count;
	uint32_t fresh;
	if (judgement->verdict != VERDICT_POTENTIAL || group->verdict != VERDICT_POTENTIAL ||
	    group->tries == MAX_WITNESS_TRIES)
		return;
	if (!parties_list(searcher, judgement->steps, count, parties, &party_count) ||
	    parties_share(searcher->analysis->model, parties, party_count))
		return;
	enum witness witness = witness_find(searcher->witnesses, parties, party_count, &moves,
					    &move_count, &fresh);
	if (group->tries++ == 0)
		group->fresh = fresh;
	if (witness != WITNESS_FRESH)
		group->fresh = NO_INDEX;
	if (witness == WITNESS_FOUND)
		group->unseen = group_unseen(searcher, judgement->steps);
	if (witness != WITNESS_FOUND || group->unseen.module != NO_INDEX) {
		free(witness == WITNESS_NONE ? NULL : moves);
		return;
	}
	struct judgement feasible = *judgement;
	feasible.verdict = VERDICT_FEASIBLE;
	searcher->group_count[group->verdict]--;
	searcher->group_count[feasible.verdict]++;
	group_show(group, locks, count, &feasible);
	group->moves = moves;
	group->move_count = move_count;
}

static void cycle_note(struct searcher *searcher, const uint32_t *locks, size_t count,
		       const struct judgement *judgement)
{
	uint64_t print = cycle_print(searcher, locks, count, judgement->steps);
	struct group *group;
	HASH_FIND(hh, searcher->groups, &print, sizeof(print), group);
	if (!group) {
		if (searcher->group_count[judgement->verdict] >= MAX_FINDINGS) {
			searcher->cut++;
			return;
		}
		group = xcalloc(1, sizeof(*group));
		group->fingerprint = print;
		group->fresh = NO_INDEX;
		group->unseen = UNSEEN_NONE;
		HASH_ADD(hh, searcher->groups, fingerprint, sizeof(print), group);
		searcher->group_count[judgement->verdict]++;
		group_show(group, locks, count, judgement);
	} else if (supersedes(judgement, group)) {
		searcher->group_count[group->verdict]--;
		searcher->group_count[judgement->verdict]++;
		group_show(group, locks, count, judgement);
	}
	group->instances++;
	if (!judgement->cut)
		group_witness(searcher, group, locks, count, judgement);
}

static void cycle_visit(void *context, const uint32_t *locks, size_t count, uint64_t *steps)
{
	struct searcher *searcher = context;
	struct judgement judgement;
	*steps -= *steps < VISIT_STEPS ? *steps : VISIT_STEPS;
	judge_cycle(searcher->judge, locks, count, steps, &judgement);
	if (judgement.redundant)
		return;
	searcher->cut += judgement.cut;
	cycle_note(searcher, locks, count, &judgement);
}

static int compare_steps(const struct searcher *searcher, const struct group *group, size_t a,
			 size_t b)
{
	const struct places *places = searcher->places;
	int order =
		strcmp(class_of(searcher, group->locks[a]), class_of(searcher, group->locks[b]));
	if (!order)
		order = places_compare(places, group->steps[a].hold_place,
				       group->steps[b].hold_place);
	if (!order)
		order = places_compare(places, group->steps[a].want_place,
				       group->steps[b].want_place);
	return order;
}

/* The step to begin with: of the smallest class; where that leaves a choice, the one from which the
 * whole cycle compares smallest. */
static size_t first_step(const struct searcher *searcher, const struct group *group)
{
	size_t best = 0;
	for (size_t start = 1; start < group->count; start++) {
		int order = 0;
		for (size_t i = 0; order == 0 && i < group->count; i++)
			order = compare_steps(searcher, group, (start + i) % group->count,
					      (best + i) % group->count);
		if (order < 0)
			best = start;
	}
	return best;
}

/* The steps of the cycle, then the writers that come between its readers. */
static void finding_fill(const struct searcher *searcher, const struct group *group,
			 struct finding *finding)
{
	const struct model *model = searcher->analysis->model;
	size_t first = first_step(searcher, group);
	finding->locks = xcalloc(group->count, sizeof(*finding->locks));
	finding->threads = xcalloc(2 * group->count, sizeof(*finding->threads));
	finding->steps = xcalloc(2 * group->count, sizeof(*finding->steps));
	finding->lock_count = finding->step_count = group->count;
	for (size_t i = 0; i < group->count; i++) {
		const struct judged_step *judged = &group->steps[(first + i) % group->count];
		finding->locks[i] = group->locks[(first + i) % group->count];
		step_fill(&finding->steps[i], searcher->graph, judged->node, judged->count,
			  finding->locks[i]);
		step_count_thread(finding, &finding->steps[i]);
	}
	for (size_t i = 0; i < group->count; i++) {
		uint32_t writer = group->steps[(first + i) % group->count].writer;
		struct finding_step *step = &finding->steps[finding->step_count];
		if (writer == NO_INDEX)
			continue;
		step_fill(step, searcher->graph, writer, model->nodes[writer].count, NO_INDEX);
		step_count_thread(finding, step);
		finding->step_count++;
	}
}

/* What orders these, if anything is known to: for sync-order. */
static char *steps_why(const struct searcher *searcher, const struct judged_step *one,
		       const struct judged_step *other)
{
	const struct analysis *analysis = searcher->analysis;
	uint32_t signal;
	if (judge_announced(searcher->judge, one, other, &signal))
		return announced_text(analysis, signal, one->node);
	if (judge_announced(searcher->judge, other, one, &signal))
		return announced_text(analysis, signal, other->node);
	return order_text(analysis, one->node, other->node);
}

/* What orders two of the steps, for that reason. */
static char *group_why(const struct searcher *searcher, const struct group *group)
{
	char *why = NULL;
	if (group->verdict != VERDICT_DISCHARGED || group->reason != REASON_SYNC_ORDER)
		return NULL;
	for (size_t i = 0; i < group->count; i++)
		for (size_t j = 0; !why && j < i; j++)
			why = steps_why(searcher, &group->steps[j], &group->steps[i]);
	return why;
}

static void group_report(const struct searcher *searcher, const struct group *group,
			 struct findings *findings)
{
	const struct model *model = searcher->analysis->model;
	struct finding *finding = findings_add(findings);
	fingerprint_id(group->fingerprint, finding->id);
	finding->rule = rule_find(rule_of(searcher, group->locks, group->count));
	finding->verdict = group->verdict;
	finding->reason = group->reason;
	finding->severity =
		group->verdict == VERDICT_DISCHARGED ? SEVERITY_NOTE : finding->rule->severity;
	finding->instances = group->instances;
	finding->fresh = group->fresh != NO_INDEX;
	finding_fill(searcher, group, finding);
	finding_show_moves(finding, searcher->graph, group->moves, group->move_count);
	char *why = group_why(searcher, group);
	char *unseen = unseen_text(model, group->verdict == VERDICT_POTENTIAL ? group->unseen
									      : UNSEEN_NONE);
	finding->message = lock_order_text(searcher->analysis, finding, group->gate, group->fresh,
					   unseen, why);
	free(unseen);
	free(why);
}

static void groups_report(struct searcher *searcher, struct findings *findings)
{
	struct group *group, *next;
	HASH_ITER (hh, searcher->groups, group, next) {
		HASH_DEL(searcher->groups, group);
		group_report(searcher, group, findings);
		free(group->locks);
		free(group->steps);
		free(group->moves);
		free(group);
	}
}

static void find_lock_order_cycles(struct analysis *analysis, struct findings *findings)
{
	const struct model *model = analysis->model;
	bool *no_wait = once_known(model, analysis->order);
	struct searcher searcher = {
		.analysis = analysis,
		.graph = graph_new_but(model, no_wait),
		.places = places_new(model->stack_count, place_text, analysis),
	};
	uint64_t budget = TOTAL_STEPS;
	searcher.graph->tries = tries_judge(model, analysis->symbols);
	searcher.judge = judge_new(searcher.graph, analysis->order, searcher.places);
	searcher.witnesses = witnesses_new(model);
	searcher.unseen = unseen_new(model);
	for (size_t i = 0; i < searcher.graph->component_count; i++)
		searcher.cut += !cycles_each(searcher.graph, i, &budget, cycle_visit, &searcher);
	findings->truncated.cycles += searcher.cut + searcher.graph->cut + searcher.graph->broken;
	groups_report(&searcher, findings);
	findings->truncated.cycles += rereads_report(analysis, searcher.graph, searcher.places,
						     searcher.witnesses, searcher.unseen, findings);
	free(no_wait);
	unseen_free(searcher.unseen);
	witnesses_free(searcher.witnesses);
	judge_free(searcher.judge);
	places_free(searcher.places);
	graph_free(searcher.graph);
}

const struct check check_lock_order = {
	.rule = "lock-order",
	.help = "Locks are taken in opposite orders by threads that can run at the same time.",
	.run = find_lock_order_cycles,
};
