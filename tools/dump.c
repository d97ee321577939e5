/* gordian dump: the raw records of traces. */
#include "dump.h"
#include "command.h"
#include "say.h"
#include <errno.h>
#include <string.h>

static int dump(struct settings *settings, int count, char **operands)
{
	struct reader_error error;

	(void)settings;
	for (int i = 0; i < count; i++) {
		if (dump_trace(stdout, operands[i], &error))
			continue;
		if (*error.text)
			say("%s", error.text);
		else
			say("cannot write to standard output: %s", strerror(errno));
		return EXIT_TRACE;
	}
	return 0;
}

const struct command command_dump = {
	.name = "dump",
	.operands = "TRACE...",
	.summary = "print the raw records of trace files, one per line",
	.help = "The first line of each file is its header; docs/trace-format.md explains the "
		"rest.\n",
	.run = dump,
};
