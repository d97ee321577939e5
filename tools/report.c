/* gordian report: analyse traces. */
#include "assessment.h"
#include "command.h"
#include "outputs.h"

static int report(struct settings *settings, int count, char **operands)
{
	struct assessment assessment;
	int code = 0;

	if (!outputs_open(settings, stdout))
		return EXIT_USAGE;
	assessment_init(&assessment);
	if (!assessment_add_all(&assessment, count, operands)) {
		code = EXIT_TRACE;
	} else {
		assessment_judge(&assessment, settings);
		if (settings->quiet && !assessment_worth_printing(&assessment))
			outputs_drop_own(settings);
		if (!assessment_write(&assessment, settings))
			code = EXIT_TRACE;
	}
	assessment_free(&assessment);
	return code;
}

const struct command command_report = {
	.name = "report",
	.operands = "TRACE...",
	.summary = "analyse traces and print the report",
	.help = "A TRACE is a trace file, or a directory of them; several are analysed as one. "
		"The\n"
		"report goes to standard output unless -o says otherwise. The exit code is 0,\n"
		"whatever was found ('gordian check' is the gate), or 3 when a trace cannot be\n"
		"read.\n",
	.groups = OPTIONS_OUTPUT | OPTIONS_FORMAT | OPTIONS_GATE | OPTIONS_KNOWN,
	.run = report,
};
