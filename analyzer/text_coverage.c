/* The end of the text report: gaps, endings, summary. */
#include "text_coverage.h"
#include "coverage.h"
#include "human.h"
#include "text_finding.h"
#include "text_stack.h"
#include "wrappers.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

/* Processes listed, unless --verbose. */
#define MAX_LISTED 5u

struct drop {
	const char *name;
	const char *help;
};

static const struct drop drops[TRACE_DROP_SLOTS] = {
#define D(code, name, help) [code] = {#name, help},
	TRACE_DROPS(D)
#undef D
};

static size_t listed(const struct text *text, size_t count)
{
	return text->report->verbose || count < MAX_LISTED ? count : MAX_LISTED;
}

/* One gap a line, under a heading that the first one brings. */
static void gap(struct text *text, size_t *count, const char *sentence)
{
	if (!(*count)++)
		text_paragraph(text, STYLE_WARNING, 0, 2, "The recording is incomplete:");
	text_paragraph(text, STYLE_PLAIN, 2, 4, "- %s", sentence);
}

static void process_gaps(struct text *text, size_t *count, const struct process *process)
{
	char number[HUMAN_SIZE];
	size_t i;

	for (i = 0; i < TRACE_DROP_SLOTS; i++) {
		char *sentence;

		if (!process->drops[i])
			continue;
		sentence = xasprintf("%s (process %u): %s %s", text_process_name(process),
				     process->pid, human_count(number, process->drops[i]),
				     drops[i].help ? drops[i].help : "things dropped");
		gap(text, count, sentence);
		free(sentence);
	}
}

static void search_gap(struct text *text, size_t *count, uint64_t cut)
{
	char number[HUMAN_SIZE];
	char *sentence;

	if (!cut)
		return;
	sentence = xasprintf("%s %s for cycles %s cut short: there may be more than are listed",
			     human_count(number, cut), cut == 1 ? "search" : "searches",
			     cut == 1 ? "was" : "were");
	gap(text, count, sentence);
	free(sentence);
}

static bool has_drops(const struct process *process)
{
	size_t i;

	for (i = 0; i < TRACE_DROP_SLOTS; i++)
		if (process->drops[i])
			return true;
	return false;
}

static uint64_t all_acquisitions(const struct model *model)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < model->process_count; i++)
		sum += model->processes[i].acquisitions;
	return sum;
}

/* Not a gap: it was asked for. */
static void ignored_regions(struct text *text)
{
	const struct model *model = text->report->analysis->model;
	char number[HUMAN_SIZE + 20];
	uint64_t ignored = 0;
	size_t i;

	for (i = 0; i < model->process_count; i++)
		ignored += model->processes[i].ignored;
	if (!ignored)
		return;
	text_paragraph(text, STYLE_PLAIN, 0, 2,
		       "Left out: %s in regions that the program asks to ignore.",
		       human_plural(number, ignored, "acquisition"));
	text_line_end(text);
}

void text_coverage(struct text *text)
{
	const struct report *report = text->report;
	const struct model *model = report->analysis->model;
	const char *nothing = coverage_nothing(model);
	size_t count = 0, processes = 0, i;

	for (i = 0; i < report->lost_count; i++)
		gap(text, &count, report->lost[i]);
	for (i = 0; i < model->process_count; i++)
		if (has_drops(&model->processes[i]) &&
		    processes++ < listed(text, model->process_count))
			process_gaps(text, &count, &model->processes[i]);
	search_gap(text, &count, report->findings->truncated.cycles);
	if (nothing)
		gap(text, &count, nothing);
	if (count)
		text_line_end(text);
	ignored_regions(text);
}

/* "f at a.c:3" of the program's own; from malloc; NULL: not known. */
static char *own_place(const struct text *text, uint32_t stack)
{
	struct text_stack frames;
	char *place;

	if (stack == NO_INDEX)
		return NULL;
	frames = text_stack_select(text, stack);
	place = frames.count ? text_frame(text, frames.frames[0]) : NULL;
	text_stack_free(&frames);
	return place;
}

static void not_understood(struct text *text, const struct coverage *coverage)
{
	char calls[HUMAN_SIZE + 20], places[HUMAN_SIZE + 20];
	char *where;

	if (!coverage->futex_calls)
		return;
	where = own_place(text, coverage->futex_stack);
	text_paragraph(text, STYLE_PLAIN, 0, 2,
		       "Not understood: %s at %s that %s around the C library%s%s. Who waits there "
		       "for what is not seen.",
		       human_plural(calls, coverage->futex_calls, "futex call"),
		       human_plural(places, coverage->futex_places, "place"),
		       coverage->futex_places == 1 ? "goes" : "go",
		       !where			     ? ""
		       : coverage->futex_places == 1 ? ", in "
						     : ", most of them in ",
		       where ? where : "");
	free(where);
}

/* What is not known of too many of them; of what they order, only findings could be affected. */
static void not_ordered(struct text *text, const struct coverage *coverage)
{
	uint64_t objects = coverage->unordered_objects;
	uint64_t ends = text->report->findings->count ? coverage->unordered_children : 0;
	char one[HUMAN_SIZE], other[HUMAN_SIZE];

	if (!objects && !ends)
		return;
	human_count(one, objects);
	human_count(other, ends);
	text_paragraph(text, STYLE_PLAIN, 0, 2,
		       "Not ordered: by %s%s%s%s%s, beyond those that are kept.%s%s",
		       objects ? one : "",
		       objects == 1 ? " semaphore, condition or the like"
		       : objects    ? " semaphores, conditions and the like"
				    : "",
		       objects && ends ? " and by " : "", ends ? other : "",
		       ends ? ends == 1 ? " end of a child" : " ends of children" : "",
		       text->report->findings->count
			       ? " What they order is taken to be able to happen at the same time."
			       : "",
		       objects ? " Not each wait for one with a lock held is judged." : "");
}

void text_seen(struct text *text)
{
	char acquisitions[HUMAN_SIZE + 20], situations[HUMAN_SIZE + 20], nested[HUMAN_SIZE],
		locks[HUMAN_SIZE + 20], quiet[HUMAN_SIZE], dropped[HUMAN_SIZE + 20];
	struct coverage coverage;

	coverage_take(text->report, &coverage);
	text_paragraph(text, STYLE_PLAIN, 0, 2,
		       "Coverage: %s in %s, %s of them with another lock held; %s, %s of them "
		       "never waited "
		       "for; %s; %s.",
		       human_plural(acquisitions, coverage.acquisitions, "acquisition"),
		       human_plural(situations, coverage.situations, "situation"),
		       human_count(nested, coverage.nestings),
		       human_plural(locks, coverage.locks, "lock"),
		       human_count(quiet, coverage.uncontended),
		       coverage.dropped ? human_plural(dropped, coverage.dropped, "drop")
					: "nothing dropped",
		       coverage.truncated ? "not every search finished" : "every search finished");
	not_ordered(text, &coverage);
	not_understood(text, &coverage);
	text_line_end(text);
}

static char *ending(const struct process *process)
{
	if (process->ended_for)
		return xasprintf("was ended by gordian: %s", process->ended_for);
	if (process->end == TRACE_END_signal)
		return xasprintf("was ended by signal %d (%s)", process->end_value,
				 strsignal(process->end_value));
	if (process->end == TRACE_END_running)
		return xstrdup("did not come to an end that was recorded: it still runs, or was "
			       "killed");
	return NULL;
}

void text_endings(struct text *text)
{
	const struct model *model = text->report->analysis->model;
	size_t count = 0, i;

	for (i = 0; i < model->process_count; i++) {
		const struct process *process = &model->processes[i];
		char *words = ending(process);

		if (words && count++ < listed(text, model->process_count))
			text_paragraph(text, STYLE_PLAIN, 0, 2, "%s (process %u) %s.",
				       text_process_name(process), process->pid, words);
		free(words);
	}
	if (count)
		text_line_end(text);
}

void text_unusable(struct text *text)
{
	size_t i;
	const char *path;

	for (i = 0; (path = symbols_unusable(text->report->analysis->symbols, i)); i++)
		text_paragraph(text, STYLE_WARNING, 0, 2,
			       "%s is gone, or has changed since the recording: addresses in it "
			       "have no names.",
			       text_path(text, path));
	if (i)
		text_line_end(text);
}

/* What the findings are, by kind; discharged, suppressed and known ones apart. */
struct sum {
	size_t kinds[KIND_COUNT];
	size_t discharged, suppressed, baseline;
};

static struct sum count_findings(const struct findings *findings)
{
	struct sum sum = {0};
	size_t i;

	for (i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		if (finding->suppressed)
			sum.suppressed++;
		else if (finding->baseline)
			sum.baseline++;
		else if (finding->verdict == VERDICT_DISCHARGED)
			sum.discharged++;
		else
			sum.kinds[finding->rule->kind]++;
	}
	return sum;
}

static void append(char **list, char *item)
{
	char *longer = *list ? xasprintf("%s, %s", *list, item) : xstrdup(item);

	free(*list);
	free(item);
	*list = longer;
}

static void append_kind(char **list, const char *noun, size_t count)
{
	char number[HUMAN_SIZE];
	bool plural = count != 1 && strcmp(noun, "misuse");

	if (count)
		append(list,
		       xasprintf("%s %s%s", human_count(number, count), noun, plural ? "s" : ""));
}

static void append_count(char **list, const char *adjective, size_t count)
{
	char number[HUMAN_SIZE];

	if (count)
		append(list, xasprintf("%s %s", human_count(number, count), adjective));
}

static char *found(const struct report *report)
{
	struct sum sum = count_findings(report->findings);
	char *list = NULL, *known = NULL, *whole;
	size_t kind;

	for (kind = 0; kind < KIND_COUNT; kind++)
		append_kind(&list, text_kind((enum finding_kind)kind), sum.kinds[kind]);
	if (!list)
		list = xstrdup(sum.discharged ? "nothing to fix" : "nothing found");
	append_count(&list, "that cannot deadlock (discharged)", sum.discharged);
	append_count(&known, "suppressed", sum.suppressed);
	append_count(&known, "in the baseline", sum.baseline);
	if (!known)
		return list;
	whole = xasprintf("%s (%s)", list, known);
	free(list);
	free(known);
	return whole;
}

uint64_t text_process_count(const struct model *model)
{
	uint64_t count = model->process_count;

	for (size_t i = 0; i < model->process_count; i++)
		count += model->processes[i].idle_children;
	return count;
}

const char *text_process_name(const struct process *process)
{
	const char *name = process->argument_count ? path_base(process->arguments[0]) : "";

	return *name ? name : path_base(process->exe);
}

static char *scope(const struct model *model)
{
	char processes[HUMAN_SIZE + 20], threads[HUMAN_SIZE + 20], locks[HUMAN_SIZE + 20],
		acquisitions[HUMAN_SIZE + 20];
	uint64_t thread_count = 0, lock_count = 0;
	size_t i;

	for (i = 0; i < model->process_count; i++) {
		/* Of a child that left nothing but a count there was one. */
		thread_count +=
			model->processes[i].thread_count + model->processes[i].idle_children;
		lock_count += model->processes[i].lock_count;
	}
	return xasprintf("%s, %s, %s, %s",
			 human_plural(processes, text_process_count(model), "process"),
			 human_plural(threads, thread_count, "thread"),
			 human_plural(locks, lock_count, "lock"),
			 human_plural(acquisitions, all_acquisitions(model), "acquisition"));
}

static char *gate_words(const struct report *report)
{
	char *list = NULL;
	size_t i;

	for (i = 0; i < report->fail_on_count; i++)
		append(&list, xstrdup(report->fail_on[i]));
	return list ? list : xstrdup("nothing");
}

/* Only a complete recording without findings is called clean. */
static const char *const verdict_sentences[] = {
	[REPORT_CLEAN] = "clean",
	[REPORT_FINDINGS] = "findings",
	[REPORT_INCOMPLETE] = "incomplete, so that nothing found does not mean clean",
};

/* Discharged ones are findings by the report's definition, but nothing to worry about. */
static const char *verdict_sentence(const struct report *report)
{
	const struct sum sum = count_findings(report->findings);
	enum report_verdict verdict = report_verdict(report);
	size_t live = 0;

	for (size_t kind = 0; kind < KIND_COUNT; kind++)
		live += sum.kinds[kind];
	if (verdict == REPORT_FINDINGS && !live)
		return "only what cannot deadlock";
	return verdict_sentences[verdict];
}

static enum text_style verdict_style(const struct report *report)
{
	if (!report->gate_passed)
		return STYLE_ERROR;
	return report_verdict(report) == REPORT_CLEAN ? STYLE_GOOD : STYLE_WARNING;
}

void text_summary(struct text *text)
{
	const struct report *report = text->report;
	char *what = found(report), *where = scope(report->analysis->model);
	char *gate = gate_words(report);

	text_paragraph(text, STYLE_PLAIN, 0, 2, "gordian: %s in %s", what, where);
	text_paragraph(text, verdict_style(report), 0, 2, "gordian: %s; gate %s (fails on %s)",
		       verdict_sentence(report), report->gate_passed ? "passed" : "failed", gate);
	free(what);
	free(where);
	free(gate);
}
