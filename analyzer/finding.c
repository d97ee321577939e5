/* The list of findings: grows, merges findings of the same id, sorts. */
#include "finding.h"
#include "tries.h"
#include "xalloc.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct finding_hold finding_hold_of(const struct model *model, uint32_t node)
{
	const struct node *taken = &model->nodes[node];

	return (struct finding_hold){.lock = taken->lock, .op = taken->op, .stack = taken->stack};
}

void finding_step_path(struct finding_step *step, const struct model *model, uint32_t node)
{
	size_t depth = 0;

	for (uint32_t at = node; at != NO_INDEX; at = model->nodes[at].parent)
		depth++;
	step->holds = xcalloc(depth, sizeof(*step->holds));
	step->hold_count = depth;
	for (uint32_t at = node; at != NO_INDEX; at = model->nodes[at].parent)
		step->holds[--depth] = finding_hold_of(model, at);
}

struct finding *findings_add(struct findings *findings)
{
	/* Full whenever the count is a power of two. */
	if ((findings->count & (findings->count - 1)) == 0) {
		size_t size = findings->count ? findings->count * 2 : 1;
		findings->items = xreallocarray(findings->items, size, sizeof(*findings->items));
	}
	struct finding *added = &findings->items[findings->count++];
	memset(added, 0, sizeof(*added));
	return added;
}

static void finding_release(struct finding *finding)
{
	for (size_t i = 0; i < finding->step_count; i++)
		free(finding->steps[i].holds);
	free(finding->steps);
	free(finding->locks);
	free(finding->threads);
	free(finding->witness);
	free(finding->message);
}

unsigned finding_flags(const struct finding_hold *hold)
{
	return try_flags(hold->op, hold->meaning);
}

void findings_free(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		finding_release(&findings->items[i]);
	free(findings->items);
	*findings = (struct findings){0};
}

/* Worst first, then by id. Stable for equal ids only through merging. */
static int compare_severity(const struct finding *a, const struct finding *b)
{
	if (a->severity != b->severity)
		return a->severity < b->severity ? -1 : 1;
	if (a->verdict != b->verdict)
		return a->verdict < b->verdict ? -1 : 1;
	return a->fresh - b->fresh;
}

static int compare_report(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = compare_severity(a, b);
	return order ? order : strcmp(a->id, b->id);
}

/* Findings of one id next to each other, the one to keep first. */
static int compare_id(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = strcmp(a->id, b->id);
	return order ? order : compare_severity(a, b);
}

static void merge(struct findings *findings)
{
	size_t kept = 0;
	for (size_t i = 0; i < findings->count; i++) {
		struct finding *finding = &findings->items[i];
		if (kept == 0 || strcmp(findings->items[kept - 1].id, finding->id) != 0) {
			findings->items[kept++] = *finding;
			continue;
		}
		findings->items[kept - 1].instances += finding->instances;
		finding_release(finding);
	}
	/* findings_add relies on the array being full at powers of two only. */
	if (kept < findings->count && kept > 0) {
		size_t size = 1;
		while (size < kept)
			size *= 2;
		findings->items = xreallocarray(findings->items, size, sizeof(*findings->items));
	}
	findings->count = kept;
}

static bool has_lock(const struct finding *finding, uint32_t lock)
{
	for (size_t i = 0; i < finding->lock_count; i++)
		if (finding->locks[i] == lock)
			return true;
	return false;
}

static bool same_locks(const struct finding *a, const struct finding *b)
{
	for (size_t i = 0; i < a->lock_count; i++)
		if (!has_lock(b, a->locks[i]))
			return false;
	for (size_t i = 0; i < b->lock_count; i++)
		if (!has_lock(a, b->locks[i]))
			return false;
	return true;
}

/* Whether it says of what did happen that it can happen. */
static bool is_overtaken(const struct findings *findings, const struct finding *finding)
{
	if (finding->rule->kind != KIND_LOCK_INVERSION || finding->verdict == VERDICT_DISCHARGED)
		return false;
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].rule->kind == KIND_DEADLOCK &&
		    findings->items[i].lock_count && same_locks(&findings->items[i], finding))
			return true;
	return false;
}

/* One bug is one finding: the deadlock, and not its possibility as well. */
static void drop_overtaken(struct findings *findings)
{
	size_t kept = 0;

	for (size_t i = 0; i < findings->count; i++) {
		struct finding *finding = &findings->items[i];

		/* The deadlocks come first, and stay. */
		if (is_overtaken(findings, finding))
			finding_release(finding);
		else
			findings->items[kept++] = *finding;
	}
	findings->count = kept;
}

static void settle(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		assert(findings->items[i].id[0] && findings->items[i].rule);
	if (findings->count == 0)
		return;
	qsort(findings->items, findings->count, sizeof(*findings->items), compare_id);
	merge(findings);
	qsort(findings->items, findings->count, sizeof(*findings->items), compare_report);
	drop_overtaken(findings);
}

void findings_run(struct analysis *analysis, struct findings *findings)
{
	for (const struct check *const *check = checks; *check; check++)
		(*check)->run(analysis, findings);
	settle(findings);
}

void findings_run_kind(struct analysis *analysis, enum finding_kind kind, struct findings *findings)
{
	for (const struct check *const *check = checks; *check; check++)
		if (rule_find((*check)->rule)->kind == kind)
			(*check)->run(analysis, findings);
	settle(findings);
}

size_t findings_count(const struct findings *findings, enum finding_kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		count += finding->rule->kind == kind && finding->verdict != VERDICT_DISCHARGED &&
			 !finding->suppressed && !finding->baseline;
	}
	return count;
}
