/*
 * Formats: ways to print a report. A format reads the analysis and the findings and writes to a
 * stream; it knows no check by name. A new format is one file, format_NAME.c, that defines
 * `const struct format format_NAME`, and one word in analyzer/meson.build.
 */
#ifndef GORDIAN_FORMAT_H
#define GORDIAN_FORMAT_H

#include "finding.h"
#include <stdio.h>

/*
 * All that is printed. The gate was computed by the caller; the format only says what came out.
 * `width` and `colour` and `verbose` are for formats that people read; others ignore them.
 */
struct report {
	struct analysis *analysis;
	const struct findings *findings;
	bool gate_passed;
	const char *const *fail_on; /* fail_on_count words, as the user gave them or the default */
	size_t fail_on_count;
	unsigned width; /* columns to wrap at; 0: 80 */
	bool colour;	/* use ANSI colours */
	bool verbose;	/* whole stacks, every discharged finding */
	/*
	 * What the recording lacks beyond what the model knows, in sentences ("process 12 was not
	 * recorded: …"): any makes the report incomplete, and every format says them.
	 */
	const char *const *lost;
	size_t lost_count;
	/*
	 * Who holds what and who waits for whom is printed as well, of processes that had not come
	 * to their end by themselves. What threads do that do not wait, in words, where known.
	 */
	bool show_waits;
	const char *const *doing; /* of each thread of the model; NULL: not known */
};

struct format {
	const char *name; /* what --format takes */
	const char *help; /* one line */
	/* Writes the report. False: the stream took an error (ferror). */
	bool (*print)(const struct report *report, FILE *stream);
	/* Writes who waits for whom and what comes of that, for `gordian ps`; NULL: it cannot. */
	bool (*print_waits)(const struct report *report, FILE *stream);
};

/* All formats, NULL-terminated, text first. */
extern const struct format *const formats[];

/* The format of that name, or NULL. */
const struct format *format_find(const char *name);

/* The report's verdict, as the JSON report has it. */
enum report_verdict {
	REPORT_CLEAN,
	REPORT_FINDINGS,   /* a finding that is neither suppressed nor in the baseline, notes
			      included */
	REPORT_INCOMPLETE, /* none of these, but something was dropped, truncated or not recorded */
};
enum report_verdict report_verdict(const struct report *report);
const char *report_verdict_name(enum report_verdict verdict);

#endif
