#include "assessment.h"
#include "elf_file.h"
#include "idle_tries.h"
#include "languages.h"
#include "late_comers.h"
#include "lock_all.h"
#include "model_link.h"
#include "outputs.h"
#include "program.h"
#include "refused_tries.h"
#include "say.h"
#include "wrappers.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void assessment_init(struct assessment *assessment)
{
	*assessment = (struct assessment){.lost_count = 0};
	model_init(&assessment->model);
}

void assessment_free(struct assessment *assessment)
{
	findings_free(&assessment->findings);
	if (assessment->analysis.model) {
		order_free(assessment->analysis.order);
		names_free(assessment->analysis.names);
		symbols_free(assessment->analysis.symbols);
	}
	model_free(&assessment->model);
	for (size_t i = 0; i < assessment->lost_count; i++)
		free(assessment->lost[i]);
	free(assessment->lost);
}

/* Files of several operands, of which one may name again what another one named. */
struct adding {
	struct model *model;
	struct stat *files; /* that were added */
	size_t count;
};

/* Whether it was there before: a process must not stand beside itself. */
static bool added_before(struct adding *adding, const char *path)
{
	struct stat file;

	if (stat(path, &file))
		return false;
	for (size_t i = 0; i < adding->count; i++)
		if (adding->files[i].st_dev == file.st_dev &&
		    adding->files[i].st_ino == file.st_ino)
			return true;
	adding->files = xreallocarray(adding->files, adding->count + 1, sizeof(*adding->files));
	adding->files[adding->count++] = file;
	return false;
}

static bool add_file(void *context, const char *path, struct reader_error *error)
{
	struct adding *adding = context;

	return added_before(adding, path) || reader_add_file(adding->model, path, error);
}

bool assessment_add_all(struct assessment *assessment, int count, char **paths)
{
	struct adding adding = {.model = &assessment->model};
	struct reader_error error;
	bool good = true;

	if (count == 1)
		good = reader_add(&assessment->model, *paths, &error);
	for (int i = 0; count > 1 && good && i < count; i++)
		good = reader_files(paths[i], add_file, &adding, &error);
	free(adding.files);
	if (!good)
		say("%s", error.text);
	else
		assessment_lose_unrecorded(assessment, false);
	return good;
}

void assessment_lose(struct assessment *assessment, char *text)
{
	/* A process has several images. */
	for (size_t i = 0; i < assessment->lost_count; i++)
		if (strcmp(assessment->lost[i], text) == 0) {
			free(text);
			return;
		}
	assessment->lost =
		xreallocarray(assessment->lost, assessment->lost_count + 1, sizeof(char *));
	assessment->lost[assessment->lost_count++] = text;
}

bool assessment_add_trace(struct assessment *assessment, const char *path)
{
	struct reader_error error;

	if (reader_is_unbegun(path))
		return false;
	if (reader_add_file(&assessment->model, path, &error))
		return true;
	assessment_lose(assessment, xasprintf("a trace cannot be read: %s", error.text));
	return false;
}

static bool went_on(const struct model *model, const struct process *image)
{
	for (size_t i = 0; i < model->process_count; i++) {
		const struct process *other = &model->processes[i];

		if (other != image && other->pid == image->pid &&
		    other->start_realtime_ns >= image->start_realtime_ns)
			return true;
	}
	return false;
}

void assessment_lose_unrecorded(struct assessment *assessment, bool here)
{
	const struct model *model = &assessment->model;

	for (size_t i = 0; i < model->process_count; i++) {
		const struct process *image = &model->processes[i];
		const char *path = image->exec_path ? image->exec_path : "another program";
		struct program program = {.why = NULL};

		if (image->end != TRACE_END_exec || went_on(model, image))
			continue;
		if (here)
			program_inspect(&program, path);
		assessment_lose(assessment,
				xasprintf("process %u went on as '%s', which was not recorded%s%s",
					  image->pid, path, program.why ? ": " : "",
					  program.why ? program.why : ""));
		program_free(&program);
	}
}

bool assessment_complete(const struct assessment *assessment)
{
	return model_complete(&assessment->model) && !assessment->lost_count &&
	       !assessment->findings.truncated.cycles;
}

bool assessment_worth_printing(const struct assessment *assessment)
{
	return !assessment->report.gate_passed ||
	       report_verdict(&assessment->report) != REPORT_CLEAN;
}

/* A virtual machine has locks of its own, and what is clean without them is not clean. */
static void lose_virtual_machines(struct assessment *assessment)
{
	const struct model *model = &assessment->model;

	for (size_t i = 0; i < model->module_count; i++)
		if (strcmp(path_base(model->modules[i].path), "libjvm.so") == 0)
			assessment_lose(assessment,
					xasprintf("process %u runs Java, whose own locks are not "
						  "seen, only those of the virtual machine",
						  model->processes[model->modules[i].process].pid));
}

/* Whose runtime has locks of its own; NULL: none is known. */
static const char *language_of(const char *path)
{
	struct elf_file file;
	bool read = elf_file_read(&file, path) == ELF_FILE_GOOD;
	const char *language = read && file.go	   ? "Go"
			       : read && file.rust ? "Rust"
						   : languages_interpreted(path);

	elf_file_free(&file);
	return language;
}

/* The same of Go's runtime, Rust's library and interpreters, as long as the program is where it
 * was. */
static void lose_languages(struct assessment *assessment)
{
	const struct model *model = &assessment->model;
	const char *last = "", *language = NULL;

	for (size_t i = 0; i < model->process_count; i++) {
		const struct process *process = &model->processes[i];

		if (strcmp(process->exe, last) != 0)
			language = language_of(last = process->exe);
		if (language)
			assessment_lose(assessment,
					xasprintf("process %u is a %s program, whose own locks are "
						  "not seen, only those of its C libraries",
						  process->pid, language));
	}
}

void assessment_link(struct assessment *assessment)
{
	if (!assessment->linked) {
		model_link(&assessment->model);
		lose_virtual_machines(assessment);
		lose_languages(assessment);
	}
	assessment->linked = true;
}

void assessment_judge(struct assessment *assessment, const struct settings *settings)
{
	struct analysis *analysis = &assessment->analysis;
	const struct gate *gate = &settings->gate;

	assessment->gate = gate;
	assessment_link(assessment);
	analysis->model = &assessment->model;
	analysis->symbols = symbols_new(analysis->model);
	if (!assessment->only_waits) {
		lock_all_imply(&assessment->model, analysis->symbols);
		refused_tries_imply(&assessment->model);
		idle_tries_find(&assessment->model);
		late_comers_find(&assessment->model);
	}
	analysis->names = names_new(analysis->model, analysis->symbols);
	if (assessment->facts)
		analysis->facts = assessment->facts;
	if (assessment->only_waits) {
		findings_run_kind(analysis, KIND_DEADLOCK, &assessment->findings);
	} else {
		analysis->order = order_new(analysis->model);
		findings_run(analysis, &assessment->findings);
	}
	suppress_apply(&settings->suppressions, analysis, &assessment->findings);
	assessment->report = (struct report){
		.analysis = analysis,
		.findings = &assessment->findings,
		.gate_passed =
			gate_passes(gate, &assessment->findings, assessment_complete(assessment)),
		.fail_on = (const char *const *)gate->words,
		.fail_on_count = gate->count,
		.verbose = settings->verbose,
		.lost = (const char *const *)assessment->lost,
		.lost_count = assessment->lost_count,
		.show_waits = assessment->show_waits,
		.doing = assessment->doing,
	};
}

/* What an assessment's outputs are written from. */
struct writing {
	struct assessment *assessment;
	const struct settings *settings;
};

static bool print(void *context, const struct output *output)
{
	const struct writing *writing = context;
	struct report *report = &writing->assessment->report;
	const struct format *format = output->format;

	report->width = stream_width(output->stream);
	report->colour = settings_colour(writing->settings, output->stream);
	return (writing->assessment->only_waits ? format->print_waits
						: format->print)(report, output->stream);
}

bool assessment_write(struct assessment *assessment, const struct settings *settings)
{
	struct writing writing = {assessment, settings};

	return outputs_write(settings, print, &writing);
}
