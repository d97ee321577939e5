/* Where a command's output goes, and as what: --format and -o, for reports and all else. */
#ifndef GORDIAN_OUTPUTS_H
#define GORDIAN_OUTPUTS_H

#include "settings.h"
#include <jansson.h>

/*
 * Opens every output; without any, adds one of text. False: one could not be opened, and it has
 * been said. `own` is the command's own stream.
 */
bool outputs_open(struct settings *settings, FILE *own);

/* Takes away the outputs that go to the command's own stream. */
void outputs_drop_own(struct settings *settings);

/*
 * Has every output written by `print`, which returns false when its stream took an error. False:
 * one could not be written, and it has been said: EXIT_TRACE.
 */
bool outputs_write(const struct settings *settings,
		   bool (*print)(void *context, const struct output *output), void *context);

/* What a command prints that is not a report. */
struct printing {
	bool (*text)(void *context, const struct settings *settings, FILE *stream);
	json_t *(*json)(void *context); /* what --format json prints; NULL: there is none */
};

/*
 * Opens the outputs (standard output is the command's own) if they are in formats the command has.
 * False: that is not so, and it has been said: EXIT_USAGE.
 */
bool printing_open(const struct printing *printing, struct settings *settings);

/* Writes them; false as outputs_write. */
bool printing_write(const struct printing *printing, const struct settings *settings,
		    void *context);

#endif
