/* gordian dump: the raw records of traces. */
#include "dump.h"
#include "command.h"
#include "outputs.h"
#include "say.h"

struct dumping {
	int count;
	char **operands;
	bool bad; /* a trace is, and it has been said */
};

static bool dump_file(void *stream, const char *file, struct reader_error *error)
{
	return dump_trace(stream, file, error);
}

static bool print_text(void *context, const struct settings *settings, FILE *stream)
{
	struct dumping *dumping = context;
	struct reader_error error;

	(void)settings;
	for (int i = 0; !dumping->bad && i < dumping->count; i++) {
		if (reader_files(dumping->operands[i], dump_file, stream, &error))
			continue;
		if (!*error.text)
			return false;
		say("%s", error.text);
		dumping->bad = true;
	}
	return true;
}

static const struct printing printing = {print_text, NULL};

static int dump(struct settings *settings, int count, char **operands)
{
	struct dumping dumping = {.count = count, .operands = operands};

	if (!printing_open(&printing, settings))
		return EXIT_USAGE;
	return printing_write(&printing, settings, &dumping) && !dumping.bad ? 0 : EXIT_TRACE;
}

const struct command command_dump = {
	.name = "dump",
	.operands = "TRACE...",
	.summary = "print the raw records of traces, one per line",
	.help = "A TRACE is a trace file, or a directory of them. The first line of each file\n"
		"is its header; docs/trace-format.md explains the rest.\n"
		"There is no format but text; 'gordian report --format json' says what they "
		"mean.\n",
	.groups = OPTIONS_OUTPUT,
	.run = dump,
};
