#include "suppress.h"
#include "xalloc.h"
#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct word {
	const struct subject *subject;
	char *pattern;
};

/* A fingerprint, or words that must all match. */
struct suppression {
	char id[FINDING_ID_SIZE]; /* "" when it has words */
	struct word *words;
	size_t count;
};

static bool matches(const char *pattern, const char *text)
{
	return text && !fnmatch(pattern, text, 0);
}

static bool frame_function(const struct frame *frame, const char *pattern)
{
	return matches(pattern, frame->function);
}

static bool frame_module(const struct frame *frame, const char *pattern)
{
	const char *slash = frame->module ? strrchr(frame->module, '/') : NULL;

	return matches(pattern, frame->module) || (slash && matches(pattern, slash + 1));
}

typedef bool frame_test(const struct frame *frame, const char *pattern);

static bool stack_has(struct analysis *analysis, uint32_t stack, frame_test *test,
		      const char *pattern)
{
	size_t count;
	const struct frame *frames = symbols_stack(analysis->symbols, stack, &count);

	for (size_t i = 0; i < count; i++)
		if (test(&frames[i], pattern))
			return true;
	return false;
}

static bool stacks_have(struct analysis *analysis, const struct finding *finding, frame_test *test,
			const char *pattern)
{
	for (size_t i = 0; i < finding->step_count; i++) {
		const struct finding_step *step = &finding->steps[i];

		if (stack_has(analysis, step->wants.stack, test, pattern))
			return true;
		for (size_t j = 0; j < step->hold_count; j++)
			if (stack_has(analysis, step->holds[j].stack, test, pattern))
				return true;
	}
	return false;
}

static bool subject_rule(struct analysis *analysis, const struct finding *finding,
			 const char *pattern)
{
	(void)analysis;
	return matches(pattern, finding->rule->name);
}

static bool subject_lock(struct analysis *analysis, const struct finding *finding,
			 const char *pattern)
{
	for (size_t i = 0; i < finding->lock_count; i++)
		if (matches(pattern, names_lock(analysis->names, finding->locks[i])) ||
		    matches(pattern, names_lock_class(analysis->names, finding->locks[i])))
			return true;
	return false;
}

static bool subject_function(struct analysis *analysis, const struct finding *finding,
			     const char *pattern)
{
	return stacks_have(analysis, finding, frame_function, pattern);
}

static bool subject_module(struct analysis *analysis, const struct finding *finding,
			   const char *pattern)
{
	return stacks_have(analysis, finding, frame_module, pattern);
}

/* What a word can be about. */
static const struct subject {
	const char *name;
	bool (*matches)(struct analysis *analysis, const struct finding *finding,
			const char *pattern);
} subjects[] = {
	{"rule", subject_rule},
	{"lock", subject_lock},
	{"function", subject_function},
	{"module", subject_module},
};

static const struct subject *subject_find(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
		if (strlen(subjects[i].name) == length && !memcmp(subjects[i].name, name, length))
			return &subjects[i];
	return NULL;
}

static bool is_fingerprint(const char *text)
{
	return strlen(text) == FINDING_ID_SIZE - 1 && !strncmp(text, "GD-", 3) &&
	       strspn(text + 3, "0123456789abcdef") == FINDING_ID_SIZE - 4;
}

__attribute__((format(printf, 2, 3))) static bool wrong(struct suppress_error *error,
							const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(error->text, sizeof(error->text), format, list);
	va_end(list);
	return false;
}

static void suppression_free(struct suppression *entry)
{
	for (size_t i = 0; i < entry->count; i++)
		free(entry->words[i].pattern);
	free(entry->words);
}

/*
 * Cuts the next word off *line, undoing its double quotes; NULL at the end of the line or at a
 * comment. *unclosed: a quote has no end.
 */
static char *next_word(char **line, bool *unclosed)
{
	char *in = *line + strspn(*line, " \t\r\n");
	char *word = in;
	char *out = in;
	bool quoted = false;

	if (!*in || *in == '#')
		return NULL;
	for (; *in && (quoted || !isspace((unsigned char)*in)); in++) {
		if (*in == '"')
			quoted = !quoted;
		else
			*out++ = *in;
	}
	*line = *in ? in + 1 : in;
	*out = '\0';
	*unclosed = quoted;
	return word;
}

static bool add_word(struct suppression *entry, const char *word, struct suppress_error *error)
{
	const char *equals = strchr(word, '=');
	const struct subject *subject = equals ? subject_find(word, equals - word) : NULL;

	if (!equals && is_fingerprint(word) && !entry->count && !*entry->id) {
		strcpy(entry->id, word);
		return true;
	}
	if (!subject || *entry->id)
		return wrong(error,
			     "'%s' is not understood; expected a fingerprint (GD-...) alone, or "
			     "rule=, lock=, function= and module= patterns",
			     word);
	if (!equals[1])
		return wrong(error, "'%s' has no pattern", word);
	if (subject->matches == subject_rule && !strpbrk(equals + 1, "*?[") &&
	    !rule_find(equals + 1))
		return wrong(error, "there is no rule '%s' ('gordian explain' lists them)",
			     equals + 1);
	entry->words = xreallocarray(entry->words, entry->count + 1, sizeof(struct word));
	entry->words[entry->count++] = (struct word){subject, xstrdup(equals + 1)};
	return true;
}

/* Adds the entry of one line, if it has one. */
static bool add_line(struct suppressions *suppressions, char *line, struct suppress_error *error)
{
	struct suppression entry = {.words = NULL};
	bool unclosed = false;
	bool good = true;
	char *word;

	while (good && (word = next_word(&line, &unclosed)))
		good = unclosed ? wrong(error, "a quote is not closed")
				: add_word(&entry, word, error);
	if (!good || (!entry.count && !*entry.id)) {
		suppression_free(&entry);
		return good;
	}
	suppressions->entries = xreallocarray(suppressions->entries, suppressions->count + 1,
					      sizeof(struct suppression));
	suppressions->entries[suppressions->count++] = entry;
	return true;
}

bool suppress_add_file(struct suppressions *suppressions, const char *path,
		       struct suppress_error *error)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	unsigned number = 0;
	bool good = true;

	if (!file)
		return wrong(error, "%s: %s", path, strerror(errno));
	while (good && getline(&line, &size, file) >= 0) {
		struct suppress_error inner;

		number++;
		if (!add_line(suppressions, line, &inner))
			good = wrong(error, "%s:%u: %.400s", path, number, inner.text);
	}
	if (good && ferror(file))
		good = wrong(error, "%s: %s", path, strerror(errno));
	free(line);
	fclose(file);
	return good;
}

static bool load_report(const char *path, json_t **report, struct suppress_error *error)
{
	FILE *file = fopen(path, "re");
	json_error_t where;
	bool good = true;

	*report = file ? json_loadf(file, 0, &where) : NULL;
	if (!file || ferror(file))
		good = wrong(error, "%s: %s", path, strerror(errno));
	else if (!*report)
		good = wrong(error, "%s:%d: not a JSON report: %s", path, where.line, where.text);
	if (!good)
		json_decref(*report);
	if (file)
		fclose(file);
	return good;
}

bool suppress_add_baseline(struct suppressions *suppressions, const char *path,
			   struct suppress_error *error)
{
	json_t *report, *findings, *finding;
	size_t index;
	bool good = true;

	if (!load_report(path, &report, error))
		return false;
	findings = json_object_get(report, "findings");
	if (!json_is_array(findings))
		good = wrong(error, "%s:1: not a report of gordian: it has no \"findings\"", path);
	json_array_foreach(findings, index, finding)
	{
		const char *id = json_string_value(json_object_get(finding, "id"));

		if (!id || !is_fingerprint(id)) {
			good = wrong(error, "%s:1: finding %zu has no fingerprint", path, index);
			break;
		}
		suppressions->baseline = xreallocarray(
			suppressions->baseline, suppressions->baseline_count + 1, sizeof(char *));
		suppressions->baseline[suppressions->baseline_count++] = xstrdup(id);
	}
	json_decref(report);
	return good;
}

static bool entry_matches(const struct suppression *entry, struct analysis *analysis,
			  const struct finding *finding)
{
	if (*entry->id)
		return !strcmp(entry->id, finding->id);
	for (size_t i = 0; i < entry->count; i++)
		if (!entry->words[i].subject->matches(analysis, finding, entry->words[i].pattern))
			return false;
	return true;
}

void suppress_apply(const struct suppressions *suppressions, struct analysis *analysis,
		    struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		struct finding *finding = &findings->items[i];

		for (size_t j = 0; j < suppressions->count && !finding->suppressed; j++)
			finding->suppressed =
				entry_matches(&suppressions->entries[j], analysis, finding);
		for (size_t j = 0; j < suppressions->baseline_count && !finding->baseline; j++)
			finding->baseline = !strcmp(suppressions->baseline[j], finding->id);
	}
}

void suppress_free(struct suppressions *suppressions)
{
	for (size_t i = 0; i < suppressions->count; i++)
		suppression_free(&suppressions->entries[i]);
	for (size_t i = 0; i < suppressions->baseline_count; i++)
		free(suppressions->baseline[i]);
	free(suppressions->entries);
	free(suppressions->baseline);
	*suppressions = (struct suppressions){.entries = NULL};
}
