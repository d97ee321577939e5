/* The words of rules.h's tables, and the search in the table of rules. */
#include "rules_table.h"
#include <string.h>

struct word {
	const char *name;
	const char *meaning;
};

static const char *const kinds[] = {
#define K(code, name) [KIND_##code] = name,
	FINDING_KINDS(K)
#undef K
};

static const char *const severities[] = {
#define S(code, name) [SEVERITY_##code] = name,
	SEVERITIES(S)
#undef S
};

static const struct word verdicts[] = {
#define V(code, name, help) [VERDICT_##code] = {name, help},
	VERDICTS(V)
#undef V
};

static const struct word reasons[] = {
#define W(code, name, words) [REASON_##code] = {name, words},
	REASONS(W)
#undef W
};

const struct rule *rule_at(size_t index)
{
	static const struct rule *const parts[] = {rules_of_waits, rules_of_misuse};

	for (size_t part = 0; part < sizeof(parts) / sizeof(*parts); part++)
		for (const struct rule *rule = parts[part]; rule->name; rule++)
			if (index-- == 0)
				return rule;
	return NULL;
}

const struct rule *rule_find(const char *name)
{
	const struct rule *rule;

	for (size_t i = 0; (rule = rule_at(i)); i++)
		if (!strcmp(rule->name, name))
			return rule;
	return NULL;
}

const char *kind_name(enum finding_kind kind)
{
	return kinds[kind];
}

const char *severity_name(enum severity severity)
{
	return severities[severity];
}

const char *verdict_name(enum verdict verdict)
{
	return verdicts[verdict].name;
}

const char *verdict_words(enum verdict verdict)
{
	return verdicts[verdict].meaning;
}

const char *reason_name(enum reason reason)
{
	return reasons[reason].name;
}

const char *reason_words(enum reason reason)
{
	return reasons[reason].meaning;
}
