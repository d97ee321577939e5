/*
 * The options of the command line. All of them stand in one table (settings.c), in groups; a
 * command names the groups it takes. Parser, --help, suggestions and the manual are made from it.
 */
#ifndef GORDIAN_SETTINGS_H
#define GORDIAN_SETTINGS_H

#include "gate.h"
#include "suppress.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct command;
struct format;

#define OPTIONS_COMMON 1u     /* --help, --color, --quiet, ...: every command takes these */
#define OPTIONS_RECORDING 2u  /* --timeout and what goes into GORDIAN_OPTIONS */
#define OPTIONS_OUTPUT 4u     /* --format, -o FILE */
#define OPTIONS_GATE 8u	      /* --fail-on */
#define OPTIONS_KNOWN 16u     /* --suppress, --baseline */
#define OPTIONS_RUN 32u	      /* --exit-code, --keep */
#define OPTIONS_DIRECTORY 64u /* -o DIR */
#define OPTIONS_FORMAT 128u   /* nothing more: the help lists the formats */

#define MAX_OUTPUTS 16

/* What to write the report to, or whatever else the command prints. */
struct output {
	const struct format *format; /* NULL: what the file's name says, else text */
	const char *file;	     /* NULL: the command's own stream; "-": standard output */
	FILE *stream;		     /* opened by outputs_open */
};

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct settings {
	const struct command *command;
	struct output outputs[MAX_OUTPUTS];
	size_t output_count;
	const char *directory; /* record -o; NULL: not given */
	const char *keep;      /* run --keep; NULL: not given */
	struct gate gate;
	struct suppressions suppressions;
	double timeout; /* seconds; 0: none */
	int gate_exit;	/* what run exits with when the gate fails */
	bool quiet;
	bool verbose;
	enum color color;
	bool said;	/* what is wrong with a value has been printed */
	char *recorder; /* "name=value:…" for GORDIAN_OPTIONS; NULL: nothing */
};

/*
 * Parses argv (argv[0] is the command's name). Returns the index of the first operand in argv,
 * which may have been permuted; or -1 when there is nothing left to do, with *exit_code set (help
 * was printed, or an error said).
 */
int settings_parse(struct settings *settings, const struct command *command, int argc, char **argv,
		   int *exit_code);
void settings_free(struct settings *settings);

/* Whether to colour a stream, and how wide it is (80 when it is not a terminal). */
bool settings_colour(const struct settings *settings, FILE *stream);
unsigned stream_width(FILE *stream);

#endif
