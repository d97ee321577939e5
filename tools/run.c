/* gordian run: record a program, analyse, report, gate. */
#include "assessment.h"
#include "command.h"
#include "launch.h"
#include "outputs.h"
#include "program.h"
#include "recording.h"
#include "say.h"
#include "start.h"
#include "trace_file.h"
#include "watch.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

enum {
	PARTING_MS = 500, /* that processes which outlive the program are waited for */
	LOOK_MS = 10,
};

static void add_traces(struct assessment *assessment, const struct recording *recording, pid_t pid)
{
	bool none = !recording_has(recording, pid);

	for (size_t i = 0; i < recording->trace_count; i++) {
		const char *path = recording->traces[i];

		/* Why there is no trace of the program itself is said by assess(). */
		if (none && trace_file_is_mark(path, pid))
			continue;
		if (assessment_add_trace(assessment, path) &&
		    trace_file_in_use(path, trace_file_pid(path)))
			assessment_lose(
				assessment,
				xasprintf("process %d was still running when its trace was read",
					  (int)trace_file_pid(path)));
	}
}

static void assess(struct assessment *assessment, const struct recording *recording,
		   const struct outcome *outcome, const char *program)
{
	if (!recording_has(recording, outcome->pid)) {
		char *why = recording_why_not(recording, outcome->pid);

		assessment_lose(assessment, xasprintf("'%s' was not recorded: %s", program, why));
		free(why);
	}
	if (recording->children)
		assessment_lose_unrecorded(assessment, true);
}

/*
 * Helpers that the program started, as Python's multiprocessing does, end when they see that it has
 * ended: a moment later.
 */
static void await_stragglers(const struct recording *recording)
{
	const struct timespec pause = {0, LOOK_MS * 1000000L};
	size_t ended = 0;

	for (int ms = 0; ms < PARTING_MS; ms += LOOK_MS) {
		while (ended < recording->trace_count &&
		       !trace_file_in_use(recording->traces[ended],
					  trace_file_pid(recording->traces[ended])))
			ended++;
		if (ended == recording->trace_count)
			return;
		nanosleep(&pause, NULL);
	}
}

/* The traces as they were when gordian ended the program, else as they are. */
static struct assessment *read_traces(const struct recording *recording, pid_t pid,
				      struct assessment *kept)
{
	struct assessment *assessment = kept;

	if (assessment)
		return assessment;
	await_stragglers(recording);
	assessment = xcalloc(1, sizeof(*assessment));
	assessment_init(assessment);
	add_traces(assessment, recording, pid);
	return assessment;
}

static int report(struct settings *settings, const struct recording *recording, struct watch *watch,
		  const struct outcome *outcome, const char *program)
{
	struct assessment *kept = watch_take(watch),
			  *assessment = read_traces(recording, outcome->pid, kept);
	int code = outcome->timed_out ? EXIT_TIMEOUT : outcome_code(outcome);

	assess(assessment, recording, outcome, program);
	assessment->show_waits = outcome->timed_out;
	assessment_judge(assessment, settings);
	if (kept)
		watch_settle(watch, &assessment->model, outcome->pid,
			     outcome->deadlock ? "deadlock" : "timeout");
	if (settings->quiet && !assessment_worth_printing(assessment))
		outputs_drop_own(settings);
	if (!assessment_write(assessment, settings))
		code = EXIT_TRACE;
	else if (!assessment->report.gate_passed)
		code = settings->gate_exit;
	assessment_free(assessment);
	free(assessment);
	return code;
}

/* A file can be there for a trace that could not be written. */
static bool has_traces(const struct recording *recording)
{
	for (size_t i = 0; i < recording->trace_count; i++)
		if (trace_file_pid(recording->traces[i]))
			return true;
	return false;
}

static int run(struct settings *settings, int count, char **operands)
{
	struct recording recording;
	struct outcome outcome;
	struct watch *watch;
	int code = 0;

	(void)count;
	if (!outputs_open(settings, stderr))
		return EXIT_USAGE;
	if (!start_program(settings, settings->keep, true, operands, &recording, &outcome, &watch,
			   &code))
		return code;
	code = report(settings, &recording, watch, &outcome, operands[0]);
	watch_free(watch);
	if (!recording.temporary && has_traces(&recording) && !settings->quiet)
		say("the traces are in %s", recording.directory);
	recording_close(&recording);
	return code;
}

const struct command command_run = {
	.name = "run",
	.operands = "[--] PROG [ARG...]",
	.summary = "record PROG and every process it starts, report, and fail on findings",
	.help = "Runs PROG with its own input, output, signals and limits, and records what it "
		"and\n"
		"the processes that it starts do with their locks. When PROG has ended, prints a\n"
		"report on standard error, where every output without -o goes.\n"
		"\n"
		"The exit code is PROG's own (128+N when signal N ended it), or\n"
		"  66   the gate failed (--fail-on says what fails it; --exit-code changes this)\n"
		"  124  --timeout ended it\n"
		"  126  PROG cannot be executed\n"
		"  127  PROG was not found\n"
		"  2    wrong usage, or PROG cannot be recorded ('gordian doctor PROG' says why)\n"
		"  3    the report could not be written\n",
	.groups = OPTIONS_RECORDING | OPTIONS_OUTPUT | OPTIONS_FORMAT | OPTIONS_GATE |
		  OPTIONS_KNOWN | OPTIONS_RUN,
	.program = true,
	.run = run,
};
