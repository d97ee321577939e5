/*
 * A subcommand of `gordian`: one file, tools/NAME.c, that ends in its descriptor
 * `const struct command command_NAME`, and one word in tools/meson.build.
 */
#ifndef GORDIAN_COMMAND_H
#define GORDIAN_COMMAND_H

#include "settings.h"

/* Exit codes that scripts rely on. */
enum exit_code {
	EXIT_GATE = 1,	    /* check: the gate failed; doctor: it cannot be recorded */
	EXIT_USAGE = 2,	    /* wrong usage */
	EXIT_TRACE = 3,	    /* a trace that cannot be read, a report that cannot be written */
	EXIT_RUN_GATE = 66, /* run: the gate failed */
	EXIT_TIMEOUT = 124,
	EXIT_NOT_EXECUTABLE = 126,
	EXIT_NOT_FOUND = 127,
	EXIT_SIGNAL = 128, /* plus the signal's number */
};

struct command {
	const char *name;
	const char *operands; /* for the usage line: "[--] PROG [ARG...]" */
	const char *summary;  /* one line, for the list of commands */
	const char *help;     /* paragraphs for --help, lines of at most 78 columns */
	unsigned groups;      /* option groups it takes: OPTIONS_ bits */
	bool program;	      /* its operands are a command line: options end at the first one */
	/* Operands only, NULL-terminated. Returns the exit code. */
	int (*run)(struct settings *settings, int count, char **operands);
};

/* All commands, NULL-terminated. */
extern const struct command *const commands[];

#endif
