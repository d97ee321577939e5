/*
 * A finding in full: what it is, one sentence, each thread's part, the verdict in words, and how to
 * suppress it.
 */
#include "text_finding.h"
#include "human.h"
#include "joins.h"
#include "script_frames.h"
#include "text_aliases.h"
#include "text_stack.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Locks that are held but take no part are listed up to this many, unless --verbose. */
#define MAX_ASIDE 3u

static const char *const kinds[] = {
	[KIND_DEADLOCK] = "deadlock",
	[KIND_LOCK_INVERSION] = "lock inversion",
	[KIND_MISUSE] = "misuse",
	[KIND_DATA_RACE] = "data race",
};

const char *text_kind(enum finding_kind kind)
{
	return kinds[kind];
}

static enum text_style severity_style(enum severity severity)
{
	if (severity == SEVERITY_ERROR)
		return STYLE_ERROR;
	return severity == SEVERITY_WARNING ? STYLE_WARNING : STYLE_PLAIN;
}

static const struct process *process_of(const struct text *text, uint32_t thread)
{
	const struct model *model = text->report->analysis->model;

	return &model->processes[model->threads[thread].process];
}

static const char *lock_name(const struct text *text, uint32_t lock)
{
	return text_aliases_lock(text->aliases, lock);
}

static bool takes_part(const struct finding *finding, uint32_t lock)
{
	size_t i;

	for (i = 0; i < finding->lock_count; i++)
		if (finding->locks[i] == lock)
			return true;
	return false;
}

/* How the lock is wanted, where it is not plain. */
static const char *want_words(const struct finding_hold *wants)
{
	unsigned flags = finding_flags(wants);

	if (flags & TRACE_OP_TRY)
		return "tries";
	if (flags & TRACE_OP_REACQUIRE)
		return "wants back, after a condition wait,";
	if (flags & TRACE_OP_SIGNAL)
		return "signals";
	if (flags & TRACE_OP_WAIT)
		return flags & TRACE_OP_TIMED ? "waits, with a time limit, for" : "waits for";
	if (flags & TRACE_OP_TIMED)
		return "wants, with a time limit,";
	return "wants";
}

/* When the process of a stack was recorded. */
static uint64_t recorded_ns(const struct text *text, uint32_t stack)
{
	const struct model *model = text->report->analysis->model;

	return model->processes[model->stacks[stack].process].start_realtime_ns;
}

/* What it waits for, how, and since when. */
static void print_wait_words(struct text *text, const struct finding_step *step)
{
	const struct finding_hold *wants = &step->wants;
	const char *function = act_function(wants->op);
	const char *shared = op_flags(wants->op) & TRACE_OP_SHARED ? ", shared" : "";
	const char *back = op_flags(wants->op) & TRACE_OP_REACQUIRE ? " back" : "";
	char time[HUMAN_SIZE];

	text_paragraph(text, STYLE_PLAIN, 6, 10, "waits for %s%s%s%s%s%s%s",
		       lock_name(text, wants->lock), back, shared, function ? ", in " : "",
		       function ? function : "", step->waited_ns ? ", for " : "",
		       step->waited_ns ? human_ns(time, step->waited_ns) : "");
}

static void print_want_words(struct text *text, const struct finding_step *step)
{
	const struct finding_hold *wants = &step->wants;

	if (step->waits)
		print_wait_words(text, step);
	else if (wants->op == TRACE_ACT_thread_end)
		text_paragraph(text, STYLE_PLAIN, 6, 10, "ends");
	else if (wants->lock == NO_INDEX)
		text_paragraph(text, STYLE_PLAIN, 6, 10, "calls %s", act_function(wants->op));
	else if (op_function(wants->op) || !wants->op)
		text_paragraph(text, STYLE_PLAIN, 6, 10, "%s %s%s", want_words(wants),
			       lock_name(text, wants->lock),
			       op_flags(wants->op) & TRACE_OP_SHARED ? ", shared" : "");
	else
		text_paragraph(text, STYLE_PLAIN, 6, 10, "%s %s, in %s", act_verb(wants->op),
			       lock_name(text, wants->lock), act_function(wants->op));
}

static void print_wants(struct text *text, const struct finding_step *step)
{
	struct text_stack stack = text_stack_select(text, step->wants.stack);

	print_want_words(text, step);
	if (stack.count)
		text_stack_print(text, &stack, 0, 8, recorded_ns(text, step->wants.stack));
	text_stack_free(&stack);
}

/* The frames that it shares with where the next lock is wanted are shown there. */
static void print_hold(struct text *text, const struct finding_step *step,
		       const struct finding_hold *hold)
{
	struct text_stack stack = text_stack_select(text, hold->stack);
	struct text_stack wants = text_stack_select(text, step->wants.stack);
	const char *shared = op_flags(hold->op) & TRACE_OP_SHARED ? ", shared" : "";

	if (hold->op == JOINS_HOLD_OP)
		text_paragraph(text, STYLE_PLAIN, 6, 10, "has yet to end; it was created");
	else
		text_paragraph(text, STYLE_PLAIN, 6, 10, "holds %s%s", lock_name(text, hold->lock),
			       shared);
	if (stack.count)
		text_stack_print(text, &stack,
				 text->report->verbose ? 0 : text_stack_common(&stack, &wants), 8,
				 recorded_ns(text, hold->stack));
	text_stack_free(&stack);
	text_stack_free(&wants);
}

static void append(char **list, const char *separator, const char *item)
{
	char *longer = *list ? xasprintf("%s%s%s", *list, separator, item) : xstrdup(item);

	free(*list);
	*list = longer;
}

/* Not what a thread of CPython's holds all its life. */
static bool is_aside(const struct text *text, const struct finding *finding,
		     const struct finding_hold *hold)
{
	const struct model *model = text->report->analysis->model;

	return !takes_part(finding, hold->lock) &&
	       (hold->stack == NO_INDEX ||
		!script_takes_end(model, model->stacks[hold->stack].calls));
}

/* What else it holds: names only. */
static void print_aside(struct text *text, const struct finding *finding,
			const struct finding_step *step)
{
	size_t count = 0, i;
	char *list = NULL, *more;

	for (i = 0; i < step->hold_count; i++)
		if (is_aside(text, finding, &step->holds[i]) && count++ < MAX_ASIDE)
			append(&list, ", ", lock_name(text, step->holds[i].lock));
	if (!list)
		return;
	if (count > MAX_ASIDE) {
		more = xasprintf("%zu more", count - MAX_ASIDE);
		append(&list, " and ", more);
		free(more);
	}
	text_paragraph(text, STYLE_FAINT, 6, 10, "(and also holds %s)", list);
	free(list);
}

static const char *times(char buffer[HUMAN_SIZE + 20], uint64_t count)
{
	if (count == 1)
		return "once";
	if (count == 2)
		return "twice";
	return human_plural(buffer, count, "time");
}

/* "worker (thread 123 of process 45, seen twice)" */
static void print_thread(struct text *text, const struct finding_step *step, bool happened)
{
	const struct analysis *analysis = text->report->analysis;
	const struct thread *thread;
	char buffer[HUMAN_SIZE + 20];

	if (step->thread == NO_INDEX) {
		text_put(text, STYLE_TITLE, 4, "another thread");
		text_line_end(text);
		return;
	}
	thread = &analysis->model->threads[step->thread];
	text_put(text, STYLE_TITLE, 4, "%s", names_thread(analysis->names, step->thread));
	text_put(text, STYLE_PLAIN, 0, " (thread %u", thread->tid);
	if (analysis->model->process_count > 1)
		text_put(text, STYLE_PLAIN, 0, " of process %u",
			 process_of(text, step->thread)->pid);
	if (step->count && !happened)
		text_put(text, STYLE_PLAIN, 0, ", seen %s", times(buffer, step->count));
	text_put(text, STYLE_PLAIN, 0, ")");
	text_line_end(text);
}

static void print_step(struct text *text, const struct finding *finding,
		       const struct finding_step *step)
{
	size_t i;

	print_thread(text, step, finding->verdict == VERDICT_OBSERVED);
	for (i = 0; i < step->hold_count; i++)
		if (text->report->verbose || takes_part(finding, step->holds[i].lock))
			print_hold(text, step, &step->holds[i]);
	if (!text->report->verbose)
		print_aside(text, finding, step);
	if (finding_wants(step))
		print_wants(text, step);
}

/* " in f at cache.c:40": the innermost frame that is shown. The caller frees it. */
static char *place_words(const struct text *text, const struct finding_hold *hold)
{
	struct text_stack stack = text_stack_select(text, hold->stack);
	char *frame = stack.count ? text_frame(text, stack.frames[0]) : NULL;
	char *words = frame ? xasprintf(" in %s", frame) : xstrdup("");

	free(frame);
	text_stack_free(&stack);
	return words;
}

/* "worker", or "worker (thread 123)" where two of that name take part. The caller frees it. */
static char *mover_words(const struct text *text, const struct finding *finding, uint32_t thread)
{
	const struct analysis *analysis = text->report->analysis;
	const char *name = names_thread(analysis->names, thread);
	size_t i;

	for (i = 0; i < finding->thread_count; i++)
		if (finding->threads[i] != thread &&
		    strcmp(names_thread(analysis->names, finding->threads[i]), name) == 0)
			return xasprintf("%s (thread %u)", name,
					 analysis->model->threads[thread].tid);
	return xstrdup(name);
}

/* "  1. worker takes cache_lock in main at cache.c:40." Locks that take no part are left out. */
static void print_witness(struct text *text, const struct finding *finding)
{
	unsigned number = 0;
	size_t i;

	if (!finding->witness_count)
		return;
	text_line_end(text);
	text_paragraph(text, STYLE_PLAIN, 4, 4, "How it comes about:");
	for (i = 0; i < finding->witness_count; i++) {
		const struct finding_move *move = &finding->witness[i];
		char *place, *mover;

		if (!text->report->verbose && !takes_part(finding, move->hold.lock))
			continue;
		place = place_words(text, &move->hold);
		mover = mover_words(text, finding, move->thread);
		text_paragraph(text, STYLE_PLAIN, 6, 9, "%u. %s %s %s%s%s.", ++number, mover,
			       move->waits ? "waits for" : "takes",
			       lock_name(text, move->hold.lock),
			       op_flags(move->hold.op) & TRACE_OP_SHARED ? ", shared," : "", place);
		free(place);
		free(mover);
	}
}

static void print_verdict(struct text *text, const struct finding *finding)
{
	char buffer[HUMAN_SIZE + 20];
	const char *name = verdict_name(finding->verdict);
	char *instances = NULL;

	if (finding->instances > 1)
		instances = xasprintf(" Seen in %s.",
				      human_plural(buffer, finding->instances, "instance"));
	if (name)
		text_paragraph(text, STYLE_PLAIN, 4, 4, "%s: %s.%s", name,
			       finding->reason == REASON_NONE ? verdict_words(finding->verdict)
							      : reason_words(finding->reason),
			       instances ? instances : "");
	else if (instances)
		text_paragraph(text, STYLE_PLAIN, 4, 4, "%s", instances + 1);
	free(instances);
}

/*
 * The line to paste into a suppression file: the fingerprint, and a comment for people, which names
 * the locks if the line stays within the width.
 */
static void print_suppression(struct text *text, const struct finding *finding)
{
	char *list = NULL, *line, *longer;
	size_t i;

	for (i = 0; i < finding->lock_count; i++)
		append(&list, ", ", names_lock(text->report->analysis->names, finding->locks[i]));
	line = xasprintf("%s  # %s", finding->id, finding->rule->name);
	longer = xasprintf("%s: %s", line, list ? list : "");
	text_put(text, STYLE_FAINT, 4, "To suppress it: ");
	text_put(text, STYLE_PLAIN, 0, "%s",
		 list && human_columns(longer) + 20 <= text->width ? longer : line);
	text_line_end(text);
	free(longer);
	free(line);
	free(list);
}

/* Text after that says the finding's locks by their aliases. The sentence; the caller frees it. */
static char *aliases_begin(struct text *text, struct text_aliases *aliases,
			   const struct finding *finding)
{
	text->aliases = aliases;
	return text_aliases_make(aliases, text->report->analysis, finding);
}

/* "lock A: mutex created in make_lock from cache_init at cache.c:8" */
static void print_aliases(struct text *text)
{
	const struct text_aliases *aliases = text->aliases;
	size_t i;

	for (i = 0; i < aliases->count; i++)
		text_paragraph(text, STYLE_PLAIN, 6, 10, "%s: %s", aliases->items[i].words,
			       names_lock(aliases->names, aliases->items[i].lock));
}

void text_finding(struct text *text, const struct finding *finding, size_t number)
{
	const char *verdict = verdict_name(finding->verdict);
	struct text_aliases aliases;
	char *message = aliases_begin(text, &aliases, finding);
	size_t i;

	text_put(text, STYLE_TITLE, 0, "[%zu] ", number);
	text_put(text, severity_style(finding->severity), 0, "%s", text_kind(finding->rule->kind));
	text_put(text, STYLE_TITLE, 0, ": %s%s%s", finding->rule->name, verdict ? ", " : "",
		 verdict ? verdict : "");
	text_line_end(text);
	text_paragraph(text, STYLE_PLAIN, 4, 4, "%s", message);
	free(message);
	print_aliases(text);
	for (i = 0; i < finding->step_count; i++) {
		text_line_end(text);
		print_step(text, finding, &finding->steps[i]);
	}
	print_witness(text, finding);
	text_line_end(text);
	print_verdict(text, finding);
	print_suppression(text, finding);
	text_line_end(text);
	text->aliases = NULL;
}

void text_finding_short(struct text *text, const struct finding *finding)
{
	const char *why = reason_name(finding->reason);
	struct text_aliases aliases;
	char *message = aliases_begin(text, &aliases, finding);

	text_paragraph(text, STYLE_PLAIN, 2, 4, "- %s (%s%s%s)", message, why ? why : "",
		       why ? ", " : "", finding->id);
	print_aliases(text);
	free(message);
	text->aliases = NULL;
}
