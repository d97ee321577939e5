/* gordian check: the gate alone. */
#include "assessment.h"
#include "command.h"
#include "json_values.h"
#include "outputs.h"

static const char *word_of(const struct finding *finding)
{
	const char *verdict = verdict_name(finding->verdict);

	return verdict ? verdict : severity_name(finding->severity);
}

static bool failed(const struct assessment *assessment, size_t index)
{
	return gate_catches(assessment->gate, &assessment->findings.items[index]);
}

static const char *verdict_of(const struct assessment *assessment)
{
	return report_verdict_name(report_verdict(&assessment->report));
}

static bool print_text(void *context, const struct settings *settings, FILE *stream)
{
	const struct assessment *assessment = context;
	bool passed = assessment->report.gate_passed;
	size_t count = 0;

	(void)settings;
	for (size_t i = 0; i < assessment->findings.count; i++) {
		const struct finding *finding = &assessment->findings.items[i];

		if (!failed(assessment, i))
			continue;
		count++;
		fprintf(stream, "%s %s %s: %s\n", finding->id, finding->rule->name,
			word_of(finding), finding->message);
	}
	if (!passed && count)
		fprintf(stream, "gate: failed, %zu finding%s\n", count, count == 1 ? "" : "s");
	else
		fprintf(stream, "gate: %s, %s\n", passed ? "passed" : "failed",
			assessment_complete(assessment) ? verdict_of(assessment) : "incomplete");
	return !ferror(stream);
}

/* The report's fields of these names; of the findings, only those that fail the gate. */
static json_t *print_json(void *context)
{
	const struct assessment *assessment = context;
	json_t *value = json_object(), *findings = json_array();

	for (size_t i = 0; i < assessment->findings.count; i++)
		if (failed(assessment, i))
			json_array_append_new(findings,
					      value_finding(&assessment->findings.items[i]));
	json_object_set_new(value, "schema", json_string("gordian-check/1"));
	json_object_set_new(value, "verdict", json_string(verdict_of(assessment)));
	json_object_set_new(value, "complete", json_boolean(assessment_complete(assessment)));
	json_object_set_new(value, "gate", value_gate(&assessment->report));
	json_object_set_new(value, "findings", findings);
	return value;
}

static const struct printing printing = {print_text, print_json};

static int check(struct settings *settings, int count, char **operands)
{
	struct assessment assessment;
	int code = EXIT_TRACE;

	if (!printing_open(&printing, settings))
		return EXIT_USAGE;
	assessment_init(&assessment);
	if (assessment_add_all(&assessment, count, operands)) {
		assessment_judge(&assessment, settings);
		code = assessment.report.gate_passed ? 0 : EXIT_GATE;
		if (settings->quiet && !code)
			outputs_drop_own(settings);
		if (!printing_write(&printing, settings, &assessment))
			code = EXIT_TRACE;
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
		"exit code is 0 when it passes, 1 when it fails, 3 when a trace cannot be read.\n"
		"--format json prints the same as an object, with the names of the JSON report\n"
		"(schema gordian-check/1).\n",
	.groups = OPTIONS_OUTPUT | OPTIONS_GATE | OPTIONS_KNOWN,
	.run = check,
};
