/* gordian record: record a program, and nothing else. */
#include "command.h"
#include "launch.h"
#include "say.h"
#include "start.h"
#include <stdlib.h>

static int record(struct settings *settings, int count, char **operands)
{
	struct recording recording;
	struct outcome outcome;
	int code;

	(void)count;
	if (!start_program(settings, settings->directory, false, operands, &recording, &outcome,
			   NULL, &code))
		return code;
	if (recording_has(&recording, outcome.pid)) {
		if (!settings->quiet)
			say("%zu trace%s in %s", recording.trace_count,
			    recording.trace_count == 1 ? "" : "s", recording.directory);
	} else {
		char *why = recording_why_not(&recording, outcome.pid);

		say("'%s' was not recorded: %s", operands[0], why);
		free(why);
	}
	recording_close(&recording);
	return outcome.timed_out ? EXIT_TIMEOUT : outcome_code(&outcome);
}

const struct command command_record = {
	.name = "record",
	.operands = "[--] PROG [ARG...]",
	.summary = "record PROG and every process it starts; report later",
	.help = "Runs PROG and puts one trace file for each process image into a directory: the "
		"one\n"
		"that -o names, else the one that out= in GORDIAN_OPTIONS names, else a new one,\n"
		"PROG.traces-N, in the current directory. Where they are is printed on standard\n"
		"error. The exit code is PROG's own, 128+N when signal N ended it.\n",
	.groups = OPTIONS_RECORDING | OPTIONS_DIRECTORY,
	.program = true,
	.run = record,
};
