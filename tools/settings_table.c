#include "settings_table.h"
#include "format.h"
#include "say.h"
#include "xalloc.h"
#include <ctype.h>
#include <errno.h>
#include <gordian/options.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The entry that `--format` or `-o` is about: the last one, while it still lacks that half. */
static struct output *output_for(struct settings *settings, bool wants_file)
{
	struct output *last = &settings->outputs[settings->output_count];

	if (settings->output_count) {
		last--;
		if (wants_file ? !last->file : !last->format)
			return last;
		last++;
	}
	if (settings->output_count == MAX_OUTPUTS)
		return NULL;
	settings->output_count++;
	return last;
}

static bool set_output(struct settings *settings, const struct option_row *row, const char *value)
{
	struct output *output = *value ? output_for(settings, true) : NULL;

	(void)row;
	if (output)
		output->file = value;
	return output != NULL;
}

static bool set_format(struct settings *settings, const struct option_row *row, const char *value)
{
	const struct format *format = format_find(value);
	struct output *output = format ? output_for(settings, false) : NULL;

	(void)row;
	if (output)
		output->format = format;
	return output != NULL;
}

static bool set_directory(struct settings *settings, const struct option_row *row,
			  const char *value)
{
	(void)row;
	settings->directory = value;
	return *value && !strchr(value, ':');
}

static bool set_keep(struct settings *settings, const struct option_row *row, const char *value)
{
	(void)row;
	settings->keep = value;
	return *value && !strchr(value, ':');
}

static const char *next_gate_word(void *context)
{
	return gate_word((*(size_t *)context)++);
}

static bool set_fail_on(struct settings *settings, const struct option_row *row, const char *value)
{
	char *wrong;
	size_t index = 0;
	const char *close;

	(void)row;
	if (gate_parse(&settings->gate, value, &wrong))
		return true;
	close = suggest(wrong, next_gate_word, &index);
	if (close)
		say("--fail-on: '%s' is not known; did you mean '%s'?", wrong, close);
	settings->said = close != NULL;
	free(wrong);
	return false;
}

static bool set_suppress(struct settings *settings, const struct option_row *row, const char *value)
{
	struct suppress_error error;

	(void)row;
	if (suppress_add_file(&settings->suppressions, value, &error))
		return true;
	say("%s", error.text);
	settings->said = true;
	return false;
}

static bool set_baseline(struct settings *settings, const struct option_row *row, const char *value)
{
	struct suppress_error error;

	(void)row;
	if (suppress_add_baseline(&settings->suppressions, value, &error))
		return true;
	say("%s", error.text);
	settings->said = true;
	return false;
}

static bool set_timeout(struct settings *settings, const struct option_row *row, const char *value)
{
	char *end;

	(void)row;
	settings->timeout = strtod(value, &end);
	return end != value && !*end && isfinite(settings->timeout) && settings->timeout > 0 &&
	       settings->timeout < 1e9;
}

static bool parse_number(const char *value, long least, long most, long *number)
{
	char *end;

	errno = 0;
	*number = strtol(value, &end, 10);
	return isdigit((unsigned char)*value) && !*end && !errno && *number >= least &&
	       *number <= most;
}

static bool set_exit_code(struct settings *settings, const struct option_row *row,
			  const char *value)
{
	long number;

	(void)row;
	if (!parse_number(value, 0, 255, &number))
		return false;
	settings->gate_exit = number;
	return true;
}

static bool set_quiet(struct settings *settings, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	return settings->quiet = true;
}

static bool set_verbose(struct settings *settings, const struct option_row *row, const char *value)
{
	(void)row;
	(void)value;
	return settings->verbose = true;
}

static bool set_color(struct settings *settings, const struct option_row *row, const char *value)
{
	static const char *const words[] = {"auto", "always", "never"};

	(void)row;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(value, words[i]))
			continue;
		settings->color = (enum color)i;
		return true;
	}
	return false;
}

/* An option of the recorder: kept as text for GORDIAN_OPTIONS. */
static bool add_recorder(struct settings *settings, const struct option_row *row, const char *value)
{
	char *longer = settings->recorder
			       ? xasprintf("%s:%s=%s", settings->recorder, row->recorder, value)
			       : xasprintf("%s=%s", row->recorder, value);

	free(settings->recorder);
	settings->recorder = longer;
	return true;
}

static bool set_recorder_text(struct settings *settings, const struct option_row *row,
			      const char *value)
{
	return *value && !strchr(value, ':') && add_recorder(settings, row, value);
}

static bool set_recorder_number(struct settings *settings, const struct option_row *row,
				const char *value)
{
	long number;

	return parse_number(value, 0, 1000000000, &number) && add_recorder(settings, row, value);
}

static bool set_recorder_flag(struct settings *settings, const struct option_row *row,
			      const char *value)
{
	value = value ? value : "1";
	return (!strcmp(value, "0") || !strcmp(value, "1")) && add_recorder(settings, row, value);
}

static bool set_recorder_choice(struct settings *settings, const struct option_row *row,
				const char *value)
{
	size_t length = strlen(value);

	for (const char *word = row->placeholder; *word; word += *word == '|') {
		size_t word_length = strcspn(word, "|");

		if (length == word_length && !memcmp(word, value, length))
			return add_recorder(settings, row, value);
		word += word_length;
	}
	return false;
}

#define OUTPUTS "a file name, and no more than 16 reports"
#define PLAIN_DIRECTORY "a directory without ':' in its name"

static const struct option_row rows[] = {
	{'o', "output", ARGUMENT_NEEDED, "FILE", OPTIONS_OUTPUT, set_output, OUTPUTS,
	 "write to FILE ('-': standard output) what would be printed; the name's ending chooses "
	 "the format unless --format does",
	 NULL},
	{'o', "output", ARGUMENT_NEEDED, "DIR", OPTIONS_DIRECTORY, set_directory, PLAIN_DIRECTORY,
	 "put the traces into DIR, which is made when missing", NULL},
	{0, "format", ARGUMENT_NEEDED, "FORMAT", OPTIONS_OUTPUT, set_format, NULL,
	 "text or another format; may be repeated, each with its own -o", NULL},
	{0, "fail-on", ARGUMENT_NEEDED, "LIST", OPTIONS_GATE, set_fail_on,
	 "a comma list of kinds, rules and verdicts, 'none', 'all' or 'incomplete'",
	 "what fails the gate: kinds, rules and verdicts, separated by commas, 'none', 'all' or "
	 "'incomplete' (default: " GATE_DEFAULT ")",
	 NULL},
	{0, "exit-code", ARGUMENT_NEEDED, "N", OPTIONS_RUN, set_exit_code, "a number from 0 to 255",
	 "exit with N when the gate fails (default: 66)", NULL},
	{0, "suppress", ARGUMENT_NEEDED, "FILE", OPTIONS_KNOWN, set_suppress, "a suppression file",
	 "leave out the findings that FILE lists; may be repeated", NULL},
	{0, "baseline", ARGUMENT_NEEDED, "FILE", OPTIONS_KNOWN, set_baseline, "a JSON report",
	 "leave out the findings of FILE, an earlier JSON report; may be repeated", NULL},
	{0, "timeout", ARGUMENT_NEEDED, "SECONDS", OPTIONS_RECORDING, set_timeout,
	 "a number of seconds, more than 0",
	 "end PROG after SECONDS (SIGTERM, then SIGKILL); the exit code is 124", NULL},
	{0, "keep", ARGUMENT_NEEDED, "DIR", OPTIONS_RUN, set_keep, PLAIN_DIRECTORY,
	 "keep the traces in DIR, which is made when missing", NULL},
	{'q', "quiet", ARGUMENT_NONE, NULL, OPTIONS_COMMON, set_quiet, NULL,
	 "print nothing when there is nothing to report", NULL},
	{'v', "verbose", ARGUMENT_NONE, NULL, OPTIONS_COMMON, set_verbose, NULL,
	 "print everything: of a report, whole stacks and every finding", NULL},
	{0, "color", ARGUMENT_NEEDED, "auto|always|never", OPTIONS_COMMON, set_color,
	 "auto, always or never", "colour the output (default: auto, which heeds NO_COLOR)", NULL},
	{'h', "help", ARGUMENT_NONE, NULL, OPTIONS_COMMON, NULL, NULL, "print this help", NULL},
	{'V', "version", ARGUMENT_NONE, NULL, OPTIONS_COMMON, NULL, NULL, "print the version",
	 NULL},
};

#define TYPE_text ARGUMENT_NEEDED, set_recorder_text, "text without ':'"
#define TYPE_number ARGUMENT_NEEDED, set_recorder_number, "a whole number"
#define TYPE_flag ARGUMENT_OPTIONAL, set_recorder_flag, "0 or 1"
#define TYPE_choice ARGUMENT_NEEDED, set_recorder_choice, NULL
#define ROW(name, type, placeholder, help) ROW_FILL(name, type, placeholder, help)
#define ROW_FILL(name, argument, set, expected, placeholder, help) \
	{0, #name, argument, placeholder, OPTIONS_RECORDING, set, expected, help, #name},
#define X(name, type, value, placeholder, help) ROW(name, TYPE_##type, placeholder, help)
static const struct option_row recorder_rows[] = {GORDIAN_OPTIONS_TABLE(X)};
#undef X

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --keep, record's -o and --quiet stand for these two. */
static bool offered(const struct option_row *row)
{
	return strcmp(row->name, "out") && strcmp(row->name, "quiet");
}

static struct option_row table[COUNT(rows) + COUNT(recorder_rows)];
static size_t table_count;

static void add_row(const struct option_row *row)
{
	struct option_row *added = &table[table_count++];
	char *name = xstrdup(row->name);

	*added = *row;
	added->name = name;
	while ((name = strchr(name, '_')))
		*name = '-';
}

const struct option_row *settings_rows(size_t *count)
{
	if (!table_count) {
		for (size_t i = 0; i < COUNT(recorder_rows); i++)
			if (offered(&recorder_rows[i]))
				add_row(&recorder_rows[i]);
		for (size_t i = 0; i < COUNT(rows); i++)
			add_row(&rows[i]);
	}
	*count = table_count;
	return table;
}
