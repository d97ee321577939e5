/* gordian ps: who holds what and who waits for whom, now or when it ended. */
#include "assessment.h"
#include "command.h"
#include "live_facts.h"
#include "outputs.h"
#include "say.h"
#include "trace_file.h"
#include "xalloc.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What is looked at. */
struct targets {
	char **paths; /* of traces, absolute */
	size_t count;
	pid_t *pids; /* of those whose processes still write to them */
	size_t pid_count;
};

/* Takes the path. One that was named twice is looked at once. */
static void targets_add(struct targets *targets, char *path)
{
	pid_t pid = trace_file_pid(path);

	for (size_t i = 0; i < targets->count; i++)
		if (!strcmp(targets->paths[i], path)) {
			free(path);
			return;
		}
	targets->paths = xreallocarray(targets->paths, targets->count + 1, sizeof(char *));
	targets->paths[targets->count++] = path;
	if (!pid || !trace_file_in_use(path, pid))
		return;
	targets->pids = xreallocarray(targets->pids, targets->pid_count + 1, sizeof(pid_t));
	targets->pids[targets->pid_count++] = pid;
}

static void targets_free(struct targets *targets)
{
	for (size_t i = 0; i < targets->count; i++)
		free(targets->paths[i]);
	free(targets->paths);
	free(targets->pids);
}

static int is_trace(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name), suffix = strlen(TRACE_SUFFIX);

	return length > suffix && !strcmp(entry->d_name + length - suffix, TRACE_SUFFIX);
}

static bool add_directory(struct targets *targets, const char *directory)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, is_trace, alphasort);

	if (count < 0) {
		say("%s: cannot be opened: %s", directory, strerror(errno));
		return false;
	}
	if (!count) {
		say("%s: expected traces (*%s), found none", directory, TRACE_SUFFIX);
		free(entries);
		return false;
	}
	for (int i = 0; i < count; i++) {
		char *path = xasprintf("%s/%s", directory, entries[i]->d_name);

		if (reader_is_unbegun(path))
			free(path);
		else
			targets_add(targets, path);
		free(entries[i]);
	}
	free(entries);
	return true;
}

static bool add_path(struct targets *targets, const char *operand)
{
	char *path = realpath(operand, NULL);
	struct stat file;
	bool good = true;

	if (!path || stat(path, &file)) {
		say("%s: no process id, and cannot be opened: %s", operand, strerror(errno));
		free(path);
		return false;
	}
	if (!S_ISDIR(file.st_mode)) {
		targets_add(targets, path);
		return true;
	}
	good = add_directory(targets, path);
	free(path);
	return good;
}

static bool add_process(struct targets *targets, pid_t pid)
{
	char *path, *trouble;

	path = trace_file_of(pid, &trouble);
	if (path) {
		targets_add(targets, path);
		return true;
	}
	say("%s", trouble);
	free(trouble);
	return false;
}

/* A number is a process, unless there is a file of that name. */
static bool add(struct targets *targets, const char *operand)
{
	struct stat file;
	char *end;
	long number = strtol(operand, &end, 10);

	if (isdigit((unsigned char)*operand) && !*end && stat(operand, &file) && number > 0 &&
	    number <= INT32_MAX)
		return add_process(targets, (pid_t)number);
	return add_path(targets, operand);
}

static bool read_traces(const struct targets *targets, struct model *model)
{
	struct reader_error error;

	for (size_t i = 0; i < targets->count; i++) {
		if (reader_add_file(model, targets->paths[i], &error))
			continue;
		say("%s", error.text);
		return false;
	}
	return true;
}

static bool formats_can(const struct settings *settings)
{
	for (size_t i = 0; i < settings->output_count; i++)
		if (!settings->outputs[i].format->print_waits) {
			usage("ps: the format %s cannot show who waits for whom",
			      settings->outputs[i].format->name);
			return false;
		}
	return true;
}

static int show(struct settings *settings, const struct targets *targets)
{
	struct assessment assessment;
	struct live_look look;
	int code = EXIT_TRACE;

	assessment_init(&assessment);
	live_look_begin(&look, targets->pids, targets->pid_count);
	if (read_traces(targets, &assessment.model)) {
		live_look_end(&look, &assessment.model);
		assessment.facts = &look.facts;
		assessment.doing = look.doing;
		assessment.only_waits = true;
		assessment_judge(&assessment, settings);
		if (settings->quiet && !assessment.findings.count)
			outputs_drop_own(settings);
		code = assessment_write(&assessment, settings) ? 0 : EXIT_TRACE;
	}
	live_look_free(&look);
	assessment_free(&assessment);
	return code;
}

static int ps(struct settings *settings, int count, char **operands)
{
	struct targets targets = {.count = 0};
	bool good = true;
	int code = EXIT_TRACE;

	if (!outputs_open(settings, stdout) || !formats_can(settings))
		return EXIT_USAGE;
	for (int i = 0; good && i < count; i++)
		good = add(&targets, operands[i]);
	if (good)
		code = show(settings, &targets);
	targets_free(&targets);
	return code;
}

const struct command command_ps = {
	.name = "ps",
	.operands = "PID|TRACE...",
	.summary = "who holds what and who waits for whom, now",
	.help = "Shows, for each thread, which locks it holds and where it took them, what\n"
		"it waits for, where, for how long, and who has that; then what comes of\n"
		"it: a deadlock, a hang, or neither. PID is a process that is being\n"
		"recorded; a TRACE, or a directory of them, may be of processes that run,\n"
		"are stopped, hang, or were killed. Nothing is stopped for it. With --quiet\n"
		"it is shown only if something has come of it.\n"
		"\n"
		"The exit code is 0, or 3 when there is nothing to be read: no such\n"
		"process, one that is not being recorded or belongs to somebody else, a bad\n"
		"trace.\n",
	.groups = OPTIONS_OUTPUT | OPTIONS_FORMAT,
	.run = ps,
};
