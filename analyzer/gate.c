#include "gate.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>

static bool catches_none(const char *word, const struct finding *finding)
{
	(void)word;
	(void)finding;
	return false;
}

static bool catches_all(const char *word, const struct finding *finding)
{
	(void)word;
	(void)finding;
	return true;
}

static bool catches_kind(const char *word, const struct finding *finding)
{
	return !strcmp(word, kind_name(finding->rule->kind)) &&
	       finding->verdict != VERDICT_DISCHARGED && finding->severity != SEVERITY_NOTE;
}

static bool catches_rule(const char *word, const struct finding *finding)
{
	return !strcmp(word, finding->rule->name) && finding->verdict != VERDICT_DISCHARGED;
}

static bool catches_verdict(const char *word, const struct finding *finding)
{
	const char *name = verdict_name(finding->verdict);

	return name && !strcmp(word, name);
}

/*
 * Every word and what it means. Some words are a kind and a rule at once (data-race); the kind
 * stands first and decides.
 */
struct gate_word {
	const char *word;
	bool (*catches)(const char *word, const struct finding *finding);
};

static const struct gate_word fixed_words[] = {{"none", catches_none},
					       {"all", catches_all},
					       {"incomplete", catches_none},
#define K(code, name) {name, catches_kind},
					       FINDING_KINDS(K)
#undef K
#define V(code, name, help) {name, catches_verdict},
						       VERDICTS(V)
#undef V
};

#define FIXED_WORDS (sizeof(fixed_words) / sizeof(fixed_words[0]))

/* The index-th word: the fixed ones, then the rules. False: there are no more. */
static bool word_at(size_t index, struct gate_word *word)
{
	const struct rule *rule;

	if (index < FIXED_WORDS) {
		*word = fixed_words[index];
		return true;
	}
	rule = rule_at(index - FIXED_WORDS);
	*word = (struct gate_word){rule ? rule->name : NULL, catches_rule};
	return rule;
}

static struct gate_word word_find(const char *word)
{
	struct gate_word known;

	/* An entry without a word is a gap. */
	for (size_t i = 0; word_at(i, &known); i++)
		if (known.word && !strcmp(known.word, word))
			return known;
	return (struct gate_word){NULL, NULL};
}

const char *gate_word(size_t index)
{
	struct gate_word known;

	for (size_t i = 0; word_at(i, &known); i++)
		if (known.word && index-- == 0)
			return known.word;
	return NULL;
}

/* The text without the blanks around it. */
static char *trimmed(char *text)
{
	char *end;

	text += strspn(text, " \t\n");
	end = text + strlen(text);
	while (end > text && strchr(" \t\n", end[-1]))
		end--;
	*end = '\0';
	return text;
}

bool gate_parse(struct gate *gate, const char *list, char **wrong)
{
	struct gate parsed = {NULL, 0};
	char *copy = xstrdup(list);
	char *rest = copy;
	char *word;

	*wrong = NULL;
	while (!*wrong && (word = strsep(&rest, ","))) {
		word = trimmed(word);
		if (!*word)
			continue;
		if (!word_find(word).word)
			*wrong = xstrdup(word);
		parsed.words = xreallocarray(parsed.words, parsed.count + 1, sizeof(char *));
		parsed.words[parsed.count++] = xstrdup(word);
	}
	free(copy);
	if (!*wrong && !parsed.count)
		*wrong = xstrdup("");
	if (*wrong) {
		gate_free(&parsed);
		return false;
	}
	gate_free(gate);
	*gate = parsed;
	return true;
}

void gate_free(struct gate *gate)
{
	for (size_t i = 0; i < gate->count; i++)
		free(gate->words[i]);
	free(gate->words);
	*gate = (struct gate){NULL, 0};
}

bool gate_catches(const struct gate *gate, const struct finding *finding)
{
	if (finding->suppressed || finding->baseline)
		return false;
	for (size_t i = 0; i < gate->count; i++)
		if (word_find(gate->words[i]).catches(gate->words[i], finding))
			return true;
	return false;
}

bool gate_passes(const struct gate *gate, const struct findings *findings, bool complete)
{
	for (size_t i = 0; i < gate->count; i++)
		if (!complete && !strcmp(gate->words[i], "incomplete"))
			return false;
	for (size_t i = 0; i < findings->count; i++)
		if (gate_catches(gate, &findings->items[i]))
			return false;
	return true;
}
