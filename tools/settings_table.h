/* The table of the command line's options; see settings.h for their groups. */
#ifndef GORDIAN_SETTINGS_TABLE_H
#define GORDIAN_SETTINGS_TABLE_H

#include "settings.h"

enum argument { ARGUMENT_NONE, ARGUMENT_NEEDED, ARGUMENT_OPTIONAL };

struct option_row {
	char letter;	  /* 0: none */
	const char *name; /* without the dashes */
	enum argument argument;
	const char *placeholder; /* of the argument, for the help; a choice lists its words */
	unsigned groups;
	/* Takes the value (NULL: an optional one was not given). False: it is not good. */
	bool (*set)(struct settings *settings, const struct option_row *row, const char *value);
	const char *expected; /* what a good value is; NULL: see placeholder */
	const char *help;
	const char *recorder; /* its name in GORDIAN_OPTIONS; NULL: not one of those */
};

/* All rows, in the order of the help. Those of GORDIAN_OPTIONS have '-' for '_' in their names. */
const struct option_row *settings_rows(size_t *count);

#endif
