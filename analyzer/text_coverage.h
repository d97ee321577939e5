/*
 * What the recording lacks, and how the recorded processes ended, in words.
 */
#ifndef GORDIAN_TEXT_COVERAGE_H
#define GORDIAN_TEXT_COVERAGE_H

#include "text_layout.h"

/* Lists what was not recorded or not looked at; prints nothing when nothing is missing. */
void text_coverage(struct text *text);

/* Says what the verdict rests on, and which waits could not be understood. */
void text_seen(struct text *text);

/* Says for which object files there are no names, since they are gone or changed. */
void text_unusable(struct text *text);

/* Says which processes did not end by themselves; at most a few, unless --verbose. */
void text_endings(struct text *text);

/* Of all processes, also those that left nothing but a count. */
uint64_t text_process_count(const struct model *model);
/* What a process was called as, without directories: a file may have many names (busybox, sh). */
const char *text_process_name(const struct process *process);

/* The summary: what was found, where, and the verdict. Two lines, before wrapping. */
void text_summary(struct text *text);

#endif
