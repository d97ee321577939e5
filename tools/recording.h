/*
 * A recording that `run` and `record` make: the directory for the traces, what the program gets in
 * its environment, and the care the traces need after the program has ended.
 */
#ifndef GORDIAN_RECORDING_H
#define GORDIAN_RECORDING_H

#include "launch.h"
#include <stdbool.h>
#include <stddef.h>

struct recording {
	char *directory; /* absolute, if it exists; NULL: none could be had */
	bool temporary;	 /* made here, and to be removed */
	char *trouble;	 /* why nothing can be written into it; NULL: nothing known */
	char *preload;	 /* for the program's LD_PRELOAD */
	char *options;	 /* for the program's GORDIAN_OPTIONS */
	bool children;	 /* processes that the program starts are recorded as well */
	char **before;	 /* names of the traces that were there before, sorted */
	size_t before_count;
	char **traces; /* paths of the new ones, sorted; after recording_finish */
	size_t trace_count;
};

/*
 * Prepares a recording. `directory` is what the user chose on the command line; without it, out= of
 * GORDIAN_OPTIONS; without that, a new one named after `program` in the current directory, or with
 * `temporary` one under $TMPDIR. `own` (may be NULL) are options that override GORDIAN_OPTIONS.
 * False: the recorder cannot be preloaded at all; it has been said. That the directory is unusable
 * is no failure: the program runs on, and `trouble` says what is wrong.
 */
bool recording_open(struct recording *recording, const char *directory, const char *program,
		    const char *own, bool temporary);

/* The paths of the traces that are there by now, sorted; all malloc'd. Returns how many. */
size_t recording_list(const struct recording *recording, char ***paths);

/*
 * Finds the new traces. Writes into the program's own trace how it ended, when that is not known
 * there (a signal leaves no time to say so), and cuts its file down to what is in use.
 */
void recording_finish(struct recording *recording, const struct outcome *outcome);

/* Whether there is a trace of this process. */
bool recording_has(const struct recording *recording, pid_t pid);

/* One sentence why there is none, as far as can be found out. Malloc'd. */
char *recording_why_not(const struct recording *recording, pid_t pid);

/* Removes the directory if it is temporary, and frees everything. */
void recording_close(struct recording *recording);

#endif
