#include "settings.h"
#include "command.h"
#include "format.h"
#include "say.h"
#include "settings_table.h"
#include "xalloc.h"
#include <getopt.h>
#include <gordian/options.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_DEFAULT 80
#define HELP_COLUMN 26

/* The rows a command takes, one after the other. */
struct row_walk {
	size_t index;
	unsigned groups;
};

static const struct option_row *next_row(struct row_walk *walk)
{
	size_t count;
	const struct option_row *rows = settings_rows(&count);

	while (walk->index < count) {
		const struct option_row *row = &rows[walk->index++];

		if (row->groups & walk->groups)
			return row;
	}
	return NULL;
}

static const char *next_name(void *context)
{
	const struct option_row *row = next_row(context);

	return row ? row->name : NULL;
}

/* Prints the table's rows of these groups. */
static void print_rows(unsigned groups, unsigned width)
{
	struct row_walk walk = {.groups = groups};
	const struct option_row *row;

	while ((row = next_row(&walk))) {
		const char *open = row->argument == ARGUMENT_OPTIONAL ? "[=" : " ";
		const char *close = row->argument == ARGUMENT_OPTIONAL ? "]" : "";
		int column = row->letter ? printf("  -%c, --%s", row->letter, row->name)
					 : printf("      --%s", row->name);

		if (row->argument != ARGUMENT_NONE)
			column += printf("%s%s%s", open, row->placeholder, close);
		if (column + 2 > HELP_COLUMN)
			column = printf("\n") - 1;
		printf("%*s", HELP_COLUMN - column, "");
		wrap(row->help, HELP_COLUMN, HELP_COLUMN, width);
	}
}

static void print_formats(unsigned width)
{
	printf("\nFormats:\n");
	for (size_t i = 0; formats[i]; i++) {
		printf("  %-*s", HELP_COLUMN - 2, formats[i]->name);
		wrap(formats[i]->help, HELP_COLUMN, HELP_COLUMN, width);
	}
}

static void print_variable(unsigned width)
{
	static const char text[] =
		"what the recorder is told: name=value, separated by colons; the options above "
		"win. Names and values:"
#define X(name, type, value, argument, help) " " #name "=" argument
		GORDIAN_OPTIONS_TABLE(X)
#undef X
		;

	printf("\nEnvironment:\n  %-*s", HELP_COLUMN - 2, GORDIAN_OPTIONS_VARIABLE);
	wrap(text, HELP_COLUMN, HELP_COLUMN, width);
}

static void print_help(const struct command *command)
{
	unsigned width = stream_width(stdout);

	printf("Usage: gordian %s [OPTIONS] %s\n\n", command->name, command->operands);
	if (command->help)
		printf("%s\n", command->help);
	printf("Options:\n");
	print_rows(command->groups | OPTIONS_COMMON, width);
	if (command->groups & OPTIONS_FORMAT)
		print_formats(width);
	if (command->groups & OPTIONS_RECORDING)
		print_variable(width);
}

/* getopt's view of the rows; an option's code is FIRST_CODE plus its place in the table. */
struct parser {
	struct option *options;
	char *letters;
	const struct option_row *rows;
	size_t count;
};

enum { FIRST_CODE = 256 };

static void parser_init(struct parser *parser, const struct command *command)
{
	size_t options = 0;
	char *letter;

	parser->rows = settings_rows(&parser->count);
	parser->options = xcalloc(parser->count + 1, sizeof(struct option));
	parser->letters = letter = xcalloc(parser->count * 3 + 3, 1);
	if (command->program)
		*letter++ = '+';
	*letter++ = ':';
	for (size_t i = 0; i < parser->count; i++) {
		const struct option_row *row = &parser->rows[i];

		if (!(row->groups & (command->groups | OPTIONS_COMMON)))
			continue;
		parser->options[options++] =
			(struct option){row->name, (int)row->argument, NULL, FIRST_CODE + (int)i};
		if (!row->letter)
			continue;
		*letter++ = row->letter;
		if (row->argument != ARGUMENT_NONE)
			*letter++ = ':';
	}
}

static void parser_free(struct parser *parser)
{
	free(parser->options);
	free(parser->letters);
}

static const struct option_row *row_of_code(const struct parser *parser,
					    const struct command *command, int code)
{
	if (code >= FIRST_CODE)
		return &parser->rows[code - FIRST_CODE];
	for (size_t i = 0; i < parser->count; i++)
		if (code && parser->rows[i].letter == code &&
		    parser->rows[i].groups & (command->groups | OPTIONS_COMMON))
			return &parser->rows[i];
	return NULL;
}

/* Names that are reserved for options that this version does not have yet. */
static bool is_later(const char *name)
{
	static const char *const later[] = {"confirm",
#define X(name) #name,
					    GORDIAN_OPTIONS_RESERVED(X)
#undef X
	};

	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		if (!strcmp(later[i], name))
			return true;
	return false;
}

/* "run, check": the commands that take an option of that name, malloc'd; NULL: none does. */
static char *takers(const char *name)
{
	struct row_walk walk = {.groups = ~0u};
	const struct option_row *row;
	unsigned groups = 0;
	char *names = NULL;

	while ((row = next_row(&walk)))
		if (!strcmp(row->name, name))
			groups |= row->groups;
	for (size_t i = 0; commands[i]; i++) {
		char *longer;

		if (!(commands[i]->groups & groups))
			continue;
		longer = names ? xasprintf("%s, %s", names, commands[i]->name)
			       : xstrdup(commands[i]->name);
		free(names);
		names = longer;
	}
	return names;
}

/* The option's name in "--name=value"; of a letter, that with its dash. */
static char *name_of(const char *typed)
{
	size_t dashes = typed[0] == '-' && typed[1] == '-' ? 2 : 0;

	return xstrndup(typed + dashes, strcspn(typed, "=") - dashes);
}

static int say_unknown(const struct command *command, const char *typed)
{
	struct row_walk walk = {.groups = command->groups | OPTIONS_COMMON};
	char *name = name_of(typed);
	bool is_long = !strncmp(typed, "--", 2);
	const char *close = is_long ? suggest(name, next_name, &walk) : NULL;
	char *others = is_long ? takers(name) : NULL;

	if (is_long && is_later(name))
		usage("%s: '--%s' is not in this version of gordian ('gordian %s --help' lists "
		      "the options)",
		      command->name, name, command->name);
	else if (others)
		usage("%s: '--%s' is not for this command, but for %s", command->name, name,
		      others);
	else if (close)
		usage("%s: unknown option '--%s'; did you mean '--%s'?", command->name, name,
		      close);
	else
		usage("%s: unknown option '%s%s' ('gordian %s --help' lists the options)",
		      command->name, is_long ? "--" : "", name, command->name);
	free(others);
	free(name);
	return EXIT_USAGE;
}

/* getopt was not content: says with what. */
static int say_wrong(const struct parser *parser, const struct command *command, int code,
		     char **argv)
{
	const struct option_row *row = row_of_code(parser, command, optopt);
	char letter[] = {'-', (char)optopt, '\0'};
	bool is_letter = optopt > 0 && optopt < FIRST_CODE;

	if (code == ':' && row)
		return usage("%s: option '--%s' needs %s %s", command->name, row->name,
			     strchr("AEIOU", *row->placeholder) ? "an" : "a", row->placeholder);
	if (!is_letter && row)
		return usage("%s: option '--%s' takes no value", command->name, row->name);
	return say_unknown(command, is_letter ? letter : argv[optind - 1]);
}

static int say_value(const struct command *command, const struct option_row *row, const char *value)
{
	const char *expected = row->expected;
	char *names = NULL;

	if (row->placeholder && !strcmp(row->placeholder, "FORMAT")) {
		names = xstrdup("one of");
		for (size_t i = 0; formats[i]; i++) {
			char *longer = xasprintf("%s%s %s", names, i ? "," : "", formats[i]->name);

			free(names);
			names = longer;
		}
		expected = names;
	}
	usage("%s: --%s '%s': expected %s", command->name, row->name, value ? value : "",
	      expected ? expected : row->placeholder);
	free(names);
	return EXIT_USAGE;
}

static bool is_word(const struct option_row *row, const char *name)
{
	return row->set == NULL && !strcmp(row->name, name);
}

/* One option. False: there is nothing left to do, *exit_code says what to exit with. */
static bool take(struct settings *settings, const struct parser *parser, int code, char **argv,
		 int *exit_code)
{
	const struct command *command = settings->command;
	const struct option_row *row = row_of_code(parser, command, code);

	*exit_code = 0;
	if (code == '?' || code == ':')
		*exit_code = say_wrong(parser, command, code, argv);
	else if (is_word(row, "help"))
		print_help(command);
	else if (is_word(row, "version"))
		printf("gordian %s\n", GORDIAN_VERSION);
	else if (!row->set(settings, row, optarg))
		*exit_code = settings->said ? EXIT_USAGE : say_value(command, row, optarg);
	else
		return true;
	return false;
}

int settings_parse(struct settings *settings, const struct command *command, int argc, char **argv,
		   int *exit_code)
{
	struct parser parser;
	bool go_on = true;
	char *wrong;
	int code;

	*settings = (struct settings){.command = command, .gate_exit = EXIT_RUN_GATE};
	gate_parse(&settings->gate, GATE_DEFAULT, &wrong);
	parser_init(&parser, command);
	opterr = 0;
	optind = 1;
	while (go_on &&
	       (code = getopt_long(argc, argv, parser.letters, parser.options, NULL)) != -1)
		go_on = take(settings, &parser, code, argv, exit_code);
	parser_free(&parser);
	return go_on ? optind : -1;
}

void settings_free(struct settings *settings)
{
	for (size_t i = 0; i < settings->output_count; i++) {
		FILE *stream = settings->outputs[i].stream;

		if (stream && stream != stdout && stream != stderr)
			fclose(stream);
	}
	gate_free(&settings->gate);
	suppress_free(&settings->suppressions);
	free(settings->recorder);
}

bool settings_colour(const struct settings *settings, FILE *stream)
{
	const char *no_color = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	if (settings->color != COLOR_AUTO)
		return settings->color == COLOR_ALWAYS;
	return !(no_color && *no_color) && terminal && strcmp(terminal, "dumb") &&
	       isatty(fileno(stream));
}

unsigned stream_width(FILE *stream)
{
	struct winsize size;
	const char *columns = getenv("COLUMNS");
	int given = columns ? atoi(columns) : 0;

	if (given >= 40 && given <= 1000)
		return given;
	if (ioctl(fileno(stream), TIOCGWINSZ, &size) || size.ws_col < 40)
		return WIDTH_DEFAULT;
	return size.ws_col;
}
