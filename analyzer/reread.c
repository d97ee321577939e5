/* Looks at each reader that reads again with each writer of that lock. */
#include "reread.h"
#include "fingerprint.h"
#include "step.h"
#include "xalloc.h"
#include <stdlib.h>
#include <uthash.h>

/* All of one fingerprint, and the pair that is shown. */
struct group {
	uint64_t fingerprint;
	enum reason
		reason; /* the one imposed last (verdict.h) that discharges it; none: potential */
	uint32_t reader, writer; /* nodes; writer may be NO_INDEX */
	uint32_t last_lock;
	uint64_t instances; /* locks */
	UT_hash_handle hh;
};

struct looker {
	struct analysis *analysis;
	const struct graph *graph;
	struct places *places;
	struct witnesses *witnesses;
	struct unseen *unseen;
	struct group *groups;
	uint64_t pairs_left, cut;
};

static const struct node *node_of(const struct looker *looker, uint32_t node)
{
	return &looker->graph->model->nodes[node];
}

static uint32_t gate_between(const struct looker *looker, uint32_t reader, uint32_t writer)
{
	return nodes_gate(looker->graph, reader, writer);
}

/* Why the two cannot deadlock. */
static enum reason pair_judge(const struct looker *looker, uint32_t reader, uint32_t writer)
{
	const struct node *reads = node_of(looker, reader), *writes = node_of(looker, writer);
	const struct tasks *tasks = order_tasks(looker->analysis->order);
	if (reads->thread == writes->thread && !tasks_apart(tasks, reader, writer))
		return REASON_SINGLE_THREAD;
	if (gate_between(looker, reader, writer) != NO_INDEX)
		return REASON_GATE_LOCK;
	if (!order_concurrent(order_of_threads(looker->analysis->order), reader, writer))
		return REASON_THREAD_ORDER;
	if (!order_concurrent(looker->analysis->order, reader, writer))
		return REASON_SYNC_ORDER;
	if (op_flags(reads->op) & TRACE_OP_TRY)
		return REASON_TRY_LOCK;
	if ((op_flags(reads->op) | op_flags(writes->op)) & TRACE_OP_TIMED)
		return REASON_TIMED;
	return REASON_NONE;
}

/* How far the conditions of verdict.h are met, when this is the first one that is not. */
static int reach(enum reason reason)
{
	static const enum reason order[] = {
		REASON_READ_SHARED, REASON_SINGLE_THREAD, REASON_GATE_LOCK, REASON_THREAD_ORDER,
		REASON_SYNC_ORDER,  REASON_TRY_LOCK,	  REASON_TIMED,	    REASON_NONE};
	int at = 0;
	while (order[at] != reason)
		at++;
	return at;
}

static struct group *group_of(struct looker *looker, uint32_t reader)
{
	const struct node *reads = node_of(looker, reader);
	uint32_t outer = graph_holder(looker->graph->model, reader, reads->lock);
	uint64_t print = fingerprint_text(FINGERPRINT_START, "lock-order: reread");
	print = fingerprint_text(print, names_lock_class(looker->analysis->names, reads->lock));
	print = fingerprint_text(
		print, places_text(looker->places,
				   places_of(looker->places, node_of(looker, outer)->stack)));
	print = fingerprint_text(
		print, places_text(looker->places, places_of(looker->places, reads->stack)));
	struct group *group;
	HASH_FIND(hh, looker->groups, &print, sizeof(print), group);
	if (group)
		return group;
	group = xcalloc(1, sizeof(*group));
	*group = (struct group){
		.fingerprint = print,
		.reason = REASON_READ_SHARED,
		.reader = reader,
		.writer = NO_INDEX,
		.last_lock = NO_INDEX,
	};
	HASH_ADD(hh, looker->groups, fingerprint, sizeof(print), group);
	return group;
}

static void reader_judge(struct looker *looker, uint32_t reader)
{
	struct group *group = group_of(looker, reader);
	uint32_t lock = node_of(looker, reader)->lock;
	size_t count;
	const uint32_t *writers = graph_writers(looker->graph, lock, &count);
	group->instances += group->last_lock != lock;
	group->last_lock = lock;
	for (size_t i = 0; i < count && group->reason != REASON_NONE; i++) {
		if (looker->pairs_left == 0) {
			looker->cut++;
			return;
		}
		looker->pairs_left--;
		enum reason reason = pair_judge(looker, reader, writers[i]);
		if (reach(reason) <= reach(group->reason))
			continue;
		group->reason = reason;
		group->reader = reader;
		group->writer = writers[i];
	}
}

/* The end of the sentence of a discharged one. */
static char *reason_text(const struct looker *looker, const struct group *group, const char *writer)
{
	struct names *names = looker->analysis->names;
	switch (group->reason) {
	case REASON_READ_SHARED:
		return xstrdup("nobody was seen to wait to write there, and readers do not wait "
			       "for each other");
	case REASON_SINGLE_THREAD:
		return xstrdup("only the same thread takes it for writing");
	case REASON_GATE_LOCK:
		return xasprintf(
			"%s, who takes it for writing, and the reader both hold %s as well, so "
			"that only one can be there at a time",
			writer,
			names_lock(names, gate_between(looker, group->reader, group->writer)));
	case REASON_THREAD_ORDER:
		return xasprintf("never at the same time as %s takes it for writing: one side is "
				 "over before the other starts (create, join, fork, wait)",
				 writer);
	case REASON_SYNC_ORDER:
		return xasprintf("never at the same time as %s takes it for writing: one always "
				 "comes before the other (barrier, semaphore, signal)",
				 writer);
	case REASON_TRY_LOCK:
		return xstrdup("the second time it only tries");
	default:
		return xasprintf("it or %s, who takes it for writing, gives up after a time",
				 writer);
	}
}

static char *message(const struct looker *looker, const struct group *group,
		     struct unseen_module unseen)
{
	struct names *names = looker->analysis->names;
	const struct node *reads = node_of(looker, group->reader);
	const char *reader = names_thread(names, reads->thread);
	const char *writer = group->writer == NO_INDEX
				     ? NULL
				     : names_thread(names, node_of(looker, group->writer)->thread);
	const char *lock = names_lock(names, reads->lock);
	if (group->reason == REASON_NONE) {
		char *but = unseen_text(looker->analysis->model, unseen);
		char *text = xasprintf("%s takes %s for reading while it reads there already, and "
				       "%s takes it for writing: when the writer comes in between, "
				       "each waits for the other%s.",
				       reader, lock, writer, but);
		free(but);
		return text;
	}
	char *reason = reason_text(looker, group, writer);
	char *text = xasprintf("%s takes %s for reading while it reads there already, but %s.",
			       reader, lock, reason);
	free(reason);
	return text;
}

/* Makes it feasible if it has a witness, and none of this is unseen. */
static struct unseen_module witness_look(const struct looker *looker, const struct group *group,
					 struct finding *finding)
{
	const struct model *model = looker->graph->model;
	struct unseen_module unseen = UNSEEN_NONE;
	uint32_t lock = node_of(looker, group->reader)->lock;
	uint32_t holder = graph_holder(model, group->reader, lock), fresh;
	const struct witness_party parties[] = {
		{.node = group->reader, .holder = holder},
		{.node = group->writer, .holder = NO_INDEX, .writer = true},
	};
	struct witness_move *moves;
	size_t count;
	if (node_of(looker, group->reader)->thread == node_of(looker, group->writer)->thread)
		return unseen;
	switch (witness_find(looker->witnesses, parties, 2, &moves, &count, &fresh)) {
	case WITNESS_NONE:
		return unseen;
	case WITNESS_FRESH:
		finding->fresh = true;
		break;
	case WITNESS_FOUND:
		unseen = unseen_in(looker->unseen,
				   model->threads[model->nodes[group->reader].thread].process);
		if (unseen.module != NO_INDEX)
			break;
		finding->verdict = VERDICT_FEASIBLE;
		finding_show_moves(finding, looker->graph, moves, count);
	}
	free(moves);
	return unseen;
}

static void group_report(const struct looker *looker, const struct group *group,
			 struct findings *findings)
{
	const struct node *reads = node_of(looker, group->reader);
	struct finding *finding = findings_add(findings);
	fingerprint_id(group->fingerprint, finding->id);
	finding->rule = rule_find("lock-order");
	finding->reason = group->reason;
	finding->verdict = group->reason == REASON_NONE ? VERDICT_POTENTIAL : VERDICT_DISCHARGED;
	finding->severity = group->reason == REASON_NONE ? finding->rule->severity : SEVERITY_NOTE;
	finding->instances = group->instances;
	finding->locks = xcalloc(1, sizeof(*finding->locks));
	finding->locks[0] = reads->lock;
	finding->lock_count = 1;
	finding->step_count = group->writer == NO_INDEX ? 1 : 2;
	finding->steps = xcalloc(finding->step_count, sizeof(*finding->steps));
	finding->threads = xcalloc(finding->step_count, sizeof(*finding->threads));
	step_fill(&finding->steps[0], looker->graph, group->reader, reads->count, NO_INDEX);
	if (group->writer != NO_INDEX)
		step_fill(&finding->steps[1], looker->graph, group->writer,
			  node_of(looker, group->writer)->count, NO_INDEX);
	for (size_t i = 0; i < finding->step_count; i++)
		step_count_thread(finding, &finding->steps[i]);
	struct unseen_module unseen = UNSEEN_NONE;
	if (group->reason == REASON_NONE)
		unseen = witness_look(looker, group, finding);
	finding->message = message(looker, group, unseen);
}

uint64_t rereads_report(struct analysis *analysis, const struct graph *graph, struct places *places,
			struct witnesses *witnesses, struct unseen *unseen,
			struct findings *findings)
{
	struct looker looker = {
		.analysis = analysis,
		.graph = graph,
		.places = places,
		.witnesses = witnesses,
		.unseen = unseen,
		.pairs_left = REREAD_MAX_PAIRS,
	};
	for (size_t i = 0; i < graph->rereader_count; i++)
		reader_judge(&looker, graph->rereaders[i]);
	struct group *group, *next;
	HASH_ITER (hh, looker.groups, group, next) {
		HASH_DEL(looker.groups, group);
		group_report(&looker, group, findings);
		free(group);
	}
	return looker.cut;
}
