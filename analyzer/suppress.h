/*
 * Findings somebody already knows: a suppression file, and a baseline.
 *
 * A suppression file has one entry a line; '#' at the start of a word begins a comment.
 *
 *	GD-0123456789ab                                 this finding
 *	rule=lock-order lock=cache_* function=main      findings that all the words match
 *
 * Words: rule, lock (a lock's name or class), function and module (of a frame of one of the
 * finding's stacks; a module by its path or its file name). The values are globs (fnmatch); in
 * double quotes they may have spaces. A word may stand more than once: each must match.
 *
 * A baseline is a JSON report; what it found is known.
 */
#ifndef GORDIAN_SUPPRESS_H
#define GORDIAN_SUPPRESS_H

#include "finding.h"

struct suppression; /* an entry */

struct suppressions {
	struct suppression *entries;
	size_t count;
	char **baseline; /* fingerprints */
	size_t baseline_count;
};

struct suppress_error {
	char text[512]; /* one line: "FILE:LINE: what is wrong" */
};

/* Adds the entries of a file. False: *error says why. */
bool suppress_add_file(struct suppressions *suppressions, const char *path,
		       struct suppress_error *error);

/* Adds the findings of a JSON report. False: *error says why. */
bool suppress_add_baseline(struct suppressions *suppressions, const char *path,
			   struct suppress_error *error);

/* Marks the findings that are known. */
void suppress_apply(const struct suppressions *suppressions, struct analysis *analysis,
		    struct findings *findings);

void suppress_free(struct suppressions *suppressions);

#endif
