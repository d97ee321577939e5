/*
 * The text report: findings in full, discharged ones in short, the locks that were waited for, what
 * the recording lacks, and two lines of summary. Without findings it is little more than these.
 */
#include "human.h"
#include "text_coverage.h"
#include "text_finding.h"
#include "text_locks.h"
#include "text_waits.h"
#include "xalloc.h"
#include <stdlib.h>

/* Discharged findings listed, unless --verbose. */
#define MAX_DISCHARGED 10u

static bool is_known(const struct finding *finding)
{
	return finding->suppressed || finding->baseline;
}

static bool is_discharged(const struct finding *finding)
{
	return finding->verdict == VERDICT_DISCHARGED;
}

/* Its first arguments, each cut short. */
static char *command_of(const struct process *process)
{
	char *command = xstrdup(text_process_name(process)), *longer;

	for (uint32_t i = 1; i < process->argument_count && i < 8; i++) {
		longer = xasprintf("%s %.40s", command, process->arguments[i]);
		free(command);
		command = longer;
	}
	return command;
}

static void print_header(struct text *text)
{
	const struct model *model = text->report->analysis->model;
	char buffer[HUMAN_SIZE + 20];
	const struct process *process = model->processes;
	char *command;

	if (model->process_count != 1) {
		text_put(text, STYLE_TITLE, 0, "Gordian's report on %s",
			 human_plural(buffer, text_process_count(model), "process"));
		text_line_end(text);
	} else {
		command = command_of(process);
		text_paragraph(text, STYLE_TITLE, 0, 2, "Gordian's report on %s (process %u, %s)",
			       command, process->pid, human_ns(buffer, process->duration_ns));
		free(command);
	}
	text_line_end(text);
}

static void print_findings(struct text *text)
{
	const struct findings *findings = text->report->findings;
	size_t number = 0, i;

	for (i = 0; i < findings->count; i++) {
		if (is_known(&findings->items[i]) || is_discharged(&findings->items[i]))
			continue;
		if (!number)
			print_header(text);
		text_finding(text, &findings->items[i], ++number);
	}
}

static void print_assumption(struct text *text)
{
	const struct findings *findings = text->report->findings;
	size_t i = 0;

	while (i < findings->count &&
	       (is_known(&findings->items[i]) || findings->items[i].verdict != VERDICT_FEASIBLE))
		i++;
	if (i == findings->count)
		return;
	text_paragraph(
		text, STYLE_PLAIN, 0, 0, "%s",
		"Feasible takes for granted that what a thread does depends neither on data "
		"that others change nor on time: it does the same again, at another moment.");
	text_line_end(text);
}

static void print_short(struct text *text, const char *heading,
			bool (*wanted)(const struct finding *finding), size_t most)
{
	const struct findings *findings = text->report->findings;
	char number[HUMAN_SIZE];
	size_t count = 0, i;

	for (i = 0; i < findings->count; i++) {
		if (!wanted(&findings->items[i]))
			continue;
		if (!count++)
			text_paragraph(text, STYLE_TITLE, 0, 2, "%s", heading);
		if (count <= most)
			text_finding_short(text, &findings->items[i]);
	}
	if (count > most)
		text_paragraph(text, STYLE_PLAIN, 2, 4, "and %s more (--verbose lists them)",
			       human_count(number, count - most));
	if (count)
		text_line_end(text);
}

static bool is_new_discharged(const struct finding *finding)
{
	return is_discharged(finding) && !is_known(finding);
}

static bool print_text(const struct report *report, FILE *stream)
{
	struct text text;

	text_begin(&text, report, stream);
	print_findings(&text);
	print_assumption(&text);
	print_short(&text, "Lock orders that are reversed, but cannot deadlock (discharged)",
		    is_new_discharged, report->verbose ? SIZE_MAX : MAX_DISCHARGED);
	if (report->verbose)
		print_short(&text, "Known already: suppressed, or in the baseline", is_known,
			    SIZE_MAX);
	if (report->show_waits)
		text_waits(&text);
	text_locks(&text);
	text_unusable(&text);
	text_endings(&text);
	text_coverage(&text);
	text_seen(&text);
	text_summary(&text);
	text_end(&text);
	return !ferror(stream);
}

/* What comes of the waits, in a sentence for each deadlock. */
static void print_outcome(struct text *text)
{
	const struct findings *findings = text->report->findings;
	size_t count = 0;

	for (size_t i = 0; i < findings->count; i++) {
		if (findings->items[i].rule->kind != KIND_DEADLOCK)
			continue;
		text_paragraph(text, STYLE_ERROR, 0, 2, "%s: %s", findings->items[i].rule->name,
			       findings->items[i].message);
		count++;
	}
	if (!count)
		text_paragraph(text, STYLE_GOOD, 0, 2,
			       "No thread is seen to wait for what will never come.");
}

static bool print_waits_text(const struct report *report, FILE *stream)
{
	struct text text;

	text_begin(&text, report, stream);
	text_waits(&text);
	print_outcome(&text);
	text_end(&text);
	return !ferror(stream);
}

const struct format format_text = {
	.name = "text",
	.help = "for people; the default",
	.print = print_text,
	.print_waits = print_waits_text,
};
