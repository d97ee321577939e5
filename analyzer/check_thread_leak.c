/*
 * thread-leak: threads that ended and were neither joined nor detached when the process exited.
 * Those that one place created are one finding.
 *
 * Only of a process that came to its end by itself: one that was killed, or went on as another
 * program, may have been about to join them. A thread that still runs at the end leaks nothing; nor
 * do those that go on without the main thread, as the process ends with the last of them.
 */
#include "finding.h"
#include "fingerprint.h"
#include "human.h"
#include "xalloc.h"
#include <stdlib.h>
#include <uthash.h>

/* The leaked threads that were created at one place. */
struct group {
	uint64_t fingerprint;
	uint32_t thread; /* the first */
	uint64_t count;
	UT_hash_handle hh;
};

/* Whether each process's main thread had ended before the process did. */
static bool *ended_mains(const struct model *model)
{
	bool *ended = xcalloc(model->process_count, sizeof(*ended));

	for (size_t i = 0; i < model->thread_count; i++)
		if (model->threads[i].state & TRACE_THREAD_MAIN)
			ended[model->threads[i].process] =
				model->threads[i].state & TRACE_THREAD_ENDED;
	return ended;
}

static bool is_leaked(const struct model *model, const struct thread *thread)
{
	const unsigned other = TRACE_THREAD_JOINED | TRACE_THREAD_DETACHED | TRACE_THREAD_MAIN |
			       TRACE_THREAD_FOREIGN | TRACE_THREAD_FAILED;
	enum trace_end end = model->processes[thread->process].end;

	return (end == TRACE_END_exit || end == TRACE_END_quick_exit) &&
	       thread->state & TRACE_THREAD_ENDED && !(thread->state & other) &&
	       thread->creator != NO_INDEX;
}

static void groups_add(struct group **groups, struct analysis *analysis, uint32_t index)
{
	const struct thread *thread = &analysis->model->threads[index];
	const char *place = names_place_text(analysis->names, thread->created_stack);
	uint64_t print = fingerprint_text(FINGERPRINT_START, "thread-leak");
	struct group *group;

	print = fingerprint_text(print, place ? place : "?");
	HASH_FIND(hh, *groups, &print, sizeof(print), group);
	if (!group) {
		group = xcalloc(1, sizeof(*group));
		group->fingerprint = print;
		group->thread = index;
		HASH_ADD(hh, *groups, fingerprint, sizeof(print), group);
	}
	group->count++;
}

static char *message(struct analysis *analysis, const struct group *group)
{
	const char *name = names_thread(analysis->names, group->thread);
	char buffer[HUMAN_SIZE + 20];

	if (group->count == 1)
		return xasprintf("%s ended, and was neither joined nor detached.", name);
	return xasprintf("%s and %s of its kind ended, and were neither joined nor detached.", name,
			 human_plural(buffer, group->count - 1, "more thread"));
}

static void group_report(struct analysis *analysis, const struct group *group,
			 struct findings *findings)
{
	const struct thread *thread = &analysis->model->threads[group->thread];
	struct finding *finding = findings_add(findings);

	fingerprint_id(group->fingerprint, finding->id);
	finding->rule = rule_find("thread-leak");
	finding->verdict = VERDICT_NONE;
	finding->severity = finding->rule->severity;
	finding->instances = group->count;
	finding->message = message(analysis, group);
	finding->threads = xcalloc(2, sizeof(*finding->threads));
	finding->threads[finding->thread_count++] = group->thread;
	finding->threads[finding->thread_count++] = thread->creator;
	finding->steps = xcalloc(1, sizeof(*finding->steps));
	finding->step_count = 1;
	finding->steps[0].thread = thread->creator;
	finding->steps[0].count = group->count;
	finding->steps[0].wants =
		(struct finding_hold){NO_INDEX, TRACE_ACT_create, thread->created_stack};
}

static void find_leaks(struct analysis *analysis, struct findings *findings)
{
	const struct model *model = analysis->model;
	struct group *groups = NULL, *group, *next;
	bool *ended = ended_mains(model);

	for (uint32_t i = 0; i < model->thread_count; i++)
		if (!ended[model->threads[i].process] && is_leaked(model, &model->threads[i]))
			groups_add(&groups, analysis, i);
	free(ended);
	HASH_ITER (hh, groups, group, next) {
		HASH_DEL(groups, group);
		group_report(analysis, group, findings);
		free(group);
	}
}

const struct check check_thread_leak = {
	.rule = "thread-leak",
	.help = "Threads end that are neither joined nor detached.",
	.run = find_leaks,
};
