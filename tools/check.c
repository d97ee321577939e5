/* gordian check: the gate alone. */
#include "assessment.h"
#include "command.h"
#include "say.h"

static const char *word_of(const struct finding *finding)
{
	const char *verdict = verdict_name(finding->verdict);

	return verdict ? verdict : severity_name(finding->severity);
}

static size_t print_failed(const struct assessment *assessment, const struct settings *settings)
{
	size_t failed = 0;

	for (size_t i = 0; i < assessment->findings.count; i++) {
		const struct finding *finding = &assessment->findings.items[i];

		if (!gate_catches(&settings->gate, finding))
			continue;
		failed++;
		printf("%s %s %s: %s\n", finding->id, finding->rule->name, word_of(finding),
		       finding->message);
	}
	return failed;
}

static void print_outcome(const struct assessment *assessment, const struct settings *settings)
{
	size_t failed = print_failed(assessment, settings);
	bool passed = assessment->report.gate_passed;
	const char *verdict = report_verdict_name(report_verdict(&assessment->report));

	if (settings->quiet && passed)
		return;
	if (!passed && failed)
		printf("gate: failed, %zu finding%s\n", failed, failed == 1 ? "" : "s");
	else
		printf("gate: %s, the traces are %s\n", passed ? "passed" : "failed",
		       assessment_complete(assessment) ? verdict : "incomplete");
}

static int check(struct settings *settings, int count, char **operands)
{
	struct assessment assessment;
	int code = EXIT_TRACE;

	assessment_init(&assessment);
	if (assessment_add_all(&assessment, count, operands)) {
		assessment_judge(&assessment, settings);
		print_outcome(&assessment, settings);
		code = assessment.report.gate_passed ? 0 : EXIT_GATE;
	}
	assessment_free(&assessment);
	return code;
}

const struct command command_check = {
	.name = "check",
	.operands = "TRACE...",
	.summary = "the gate alone: exit 0 if the traces pass it, 1 if not",
	.help = "Prints one line for each finding that fails the gate, and one for its outcome. "
		"The\n"
		"exit code is 0 when it passes, 1 when it fails, 3 when a trace cannot be read.\n",
	.groups = OPTIONS_GATE | OPTIONS_KNOWN | OPTIONS_QUIET,
	.run = check,
};
