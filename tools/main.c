/* The gordian command: finds the subcommand and runs it. */
#include "command.h"
#include "manual.h"
#include "say.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define DECLARE(name) extern const struct command command_##name;
#define POINTER(name) &command_##name,
#include "commands_list.h"
COMMANDS(DECLARE)
const struct command *const commands[] = {COMMANDS(POINTER) NULL};

/* Names that are reserved for commands that this version does not have yet. */
static const char *const later[] = {"diff", "confirm", "stress", "merge", "top"};

static bool is_later(const char *name)
{
	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		if (!strcmp(later[i], name))
			return true;
	return false;
}

static const char *next_command(void *context)
{
	const struct command *command = commands[*(size_t *)context];

	if (!command)
		return NULL;
	(*(size_t *)context)++;
	return command->name;
}

static void print_commands(FILE *stream)
{
	fprintf(stream, "Usage: gordian COMMAND [OPTIONS] ...\n"
			"\n"
			"Finds the knots in a program's locks, without recompiling it.\n"
			"Try: gordian run -- PROG [ARG...]\n"
			"\n"
			"Commands:\n");
	for (size_t i = 0; commands[i]; i++)
		fprintf(stream, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(stream, "\n'gordian COMMAND --help' describes a command; 'gordian --version' says "
			"which this is.\n");
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static int unknown(const char *name)
{
	size_t index = 0;
	const char *close = suggest(name, next_command, &index);
	const char *what = *name == '-' ? "option" : "command";

	if (is_later(name))
		return usage("'%s' is not in this version of gordian ('gordian --help' lists the "
			     "commands)",
			     name);
	if (close)
		return usage("unknown %s '%s'; did you mean '%s'?", what, name, close);
	fprintf(stderr, "gordian: unknown %s '%s'; the commands are", what, name);
	for (size_t i = 0; commands[i]; i++)
		fprintf(stderr, "%s %s", i ? "," : "", commands[i]->name);
	fputc('\n', stderr);
	return EXIT_USAGE;
}

/* Files opened later must not become streams 0 to 2 of ours, nor exist in the program. */
static void fill_standard_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* What the command cannot do without. */
static const char *needed(const struct command *command)
{
	if (command->program)
		return "PROG";
	return *command->operands == 'P' ? "PID or TRACE" : "TRACE";
}

static int run(const struct command *command, int argc, char **argv)
{
	struct settings settings;
	int code;
	int first = settings_parse(&settings, command, argc, argv, &code);
	bool takes_none = *command->operands == '[' && !command->program;

	/* A report that becomes too long is said; a program is to have the signal as it was. */
	if (!command->program)
		signal(SIGXFSZ, SIG_IGN);
	if (first >= 0 && first == argc && !takes_none)
		code = usage("%s: %s is missing ('gordian %s --help' shows how)", command->name,
			     needed(command), command->name);
	else if (first >= 0)
		code = command->run(&settings, argc - first, argv + first);
	settings_free(&settings);
	return code;
}

/* What did not reach standard output must not look like success. */
static int finish(int code)
{
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	if (!code)
		say("cannot write to standard output: %s", strerror(errno));
	return code ? code : EXIT_TRACE;
}

int main(int argc, char **argv)
{
	const struct command *command;

	fill_standard_streams();
	if (argc < 2) {
		print_commands(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		command = argc > 2 ? find(argv[2]) : NULL;
		if (command)
			return finish(run(command, 2, (char *[]){argv[2], "--help", NULL}));
		print_commands(stdout);
		return finish(0);
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		printf("gordian %s\n", GORDIAN_VERSION);
		return finish(0);
	}
	if (!strcmp(argv[1], "--manual")) { /* for the build, and for packagers */
		manual_print();
		return finish(0);
	}
	command = find(argv[1]);
	return command ? finish(run(command, argc - 1, argv + 1)) : unknown(argv[1]);
}
