/* gordian explain: what a rule means. */
#include "command.h"
#include "outputs.h"
#include "rules.h"
#include "say.h"
#include "xalloc.h"
#include <stdlib.h>

enum { LIST_COLUMN = 32 };

static const char *next_rule(void *context)
{
	size_t *index = context;
	const struct rule *rule = rule_at((*index)++);

	return rule ? rule->name : NULL;
}

static void list_kind(FILE *stream, enum finding_kind kind, unsigned width)
{
	const struct rule *rule;

	fprintf(stream, "%s\n", kind_name(kind));
	for (size_t i = 0; (rule = rule_at(i)); i++) {
		if (rule->kind != kind)
			continue;
		fprintf(stream, "  %-20s %-8s ", rule->name, severity_name(rule->severity));
		wrap_to(stream, rule->summary, LIST_COLUMN, LIST_COLUMN, width);
	}
}

/* The rules to explain; none: all are listed. */
struct question {
	const struct rule **rules;
	int count;
};

static bool print_text(void *context, const struct settings *settings, FILE *stream)
{
	const struct question *question = context;

	(void)settings;
	for (int kind = 0; !question->count && kind < KIND_COUNT; kind++)
		list_kind(stream, (enum finding_kind)kind, stream_width(stream));
	for (int i = 0; i < question->count; i++) {
		const struct rule *rule = question->rules[i];

		fprintf(stream, "%s%s (%s, %s)\n\n%s\n", i ? "\n" : "", rule->name,
			kind_name(rule->kind), severity_name(rule->severity), rule->text);
	}
	return !ferror(stream);
}

static json_t *rule_value(const struct rule *rule)
{
	json_t *value = json_object();

	json_object_set_new(value, "rule", json_string(rule->name));
	json_object_set_new(value, "kind", json_string(kind_name(rule->kind)));
	json_object_set_new(value, "severity", json_string(severity_name(rule->severity)));
	json_object_set_new(value, "summary", json_string(rule->summary));
	json_object_set_new(value, "text", json_string(rule->text));
	return value;
}

static json_t *print_json(void *context)
{
	const struct question *question = context;
	json_t *value = json_object(), *list = json_array();
	const struct rule *rule;

	/* The list of the question ends with NULL, too. */
	for (size_t i = 0; (rule = question->count ? question->rules[i] : rule_at(i)); i++)
		json_array_append_new(list, rule_value(rule));
	json_object_set_new(value, "schema", json_string("gordian-explain/1"));
	json_object_set_new(value, "rules", list);
	return value;
}

static const struct printing printing = {print_text, print_json};

static int no_rule(const char *name)
{
	size_t index = 0;
	const char *close = suggest(name, next_rule, &index);

	return close ? usage("there is no rule '%s'; did you mean '%s'?", name, close)
		     : usage("there is no rule '%s' ('gordian explain' lists them)", name);
}

static int explain(struct settings *settings, int count, char **operands)
{
	struct question question = {xcalloc(count + 1, sizeof(struct rule *)), count};
	int code = 0;

	for (int i = 0; !code && i < count; i++) {
		question.rules[i] = rule_find(operands[i]);
		if (!question.rules[i])
			code = no_rule(operands[i]);
	}
	if (!code && !printing_open(&printing, settings))
		code = EXIT_USAGE;
	if (!code && !printing_write(&printing, settings, &question))
		code = EXIT_TRACE;
	free(question.rules);
	return code;
}

const struct command command_explain = {
	.name = "explain",
	.operands = "[RULE...]",
	.summary = "what a rule means, an example, how to fix it; or the list of rules",
	.help = "Without RULE, lists the rules. --format json prints an object with all that is\n"
		"known of each (schema gordian-explain/1).\n",
	.groups = OPTIONS_OUTPUT,
	.run = explain,
};
