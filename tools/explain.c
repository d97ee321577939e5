/* gordian explain: what a rule means. */
#include "command.h"
#include "rules.h"
#include "say.h"
#include <string.h>

enum { LIST_COLUMN = 32 };

static const char *next_rule(void *context)
{
	size_t *index = context;

	return *index < rule_count ? rules[(*index)++].name : NULL;
}

static void list_kind(enum finding_kind kind, unsigned width)
{
	printf("%s\n", kind_name(kind));
	for (size_t i = 0; i < rule_count; i++) {
		const char *severity = severity_name(rules[i].severity);

		if (rules[i].kind != kind)
			continue;
		printf("  %-20s %-8s ", rules[i].name, severity);
		wrap(rules[i].summary, LIST_COLUMN, LIST_COLUMN, width);
	}
}

static int list(void)
{
	unsigned width = stream_width(stdout);

	for (int kind = 0; kind < KIND_COUNT; kind++)
		list_kind((enum finding_kind)kind, width);
	return 0;
}

static int explain(struct settings *settings, int count, char **operands)
{
	(void)settings;
	if (!count)
		return list();
	for (int i = 0; i < count; i++) {
		const struct rule *rule = rule_find(operands[i]);
		size_t index = 0;
		const char *close;

		if (!rule) {
			close = suggest(operands[i], next_rule, &index);
			return close ? usage("there is no rule '%s'; did you mean '%s'?",
					     operands[i], close)
				     : usage("there is no rule '%s' ('gordian explain' lists them)",
					     operands[i]);
		}
		printf("%s%s (%s, %s)\n\n%s\n", i ? "\n" : "", rule->name, kind_name(rule->kind),
		       severity_name(rule->severity), rule->text);
	}
	return 0;
}

const struct command command_explain = {
	.name = "explain",
	.operands = "[RULE...]",
	.summary = "what a rule means, an example, how to fix it; or the list of rules",
	.run = explain,
};
