/*
 * Numbers and texts as people read them.
 */
#ifndef GORDIAN_HUMAN_H
#define GORDIAN_HUMAN_H

#include <stddef.h>
#include <stdint.h>

#define HUMAN_SIZE 32

/* "850 ns", "12.3 µs", "1.20 s", "5 min 3 s"; returns buffer. */
const char *human_ns(char buffer[HUMAN_SIZE], uint64_t ns);
/* "1,234,567"; returns buffer. */
const char *human_count(char buffer[HUMAN_SIZE], uint64_t count);
/* "1 lock", "1,234 locks"; returns buffer. `noun` without its s, at most 16 characters. */
const char *human_plural(char buffer[HUMAN_SIZE + 20], uint64_t count, const char *noun);

/*
 * A copy, from malloc, of text that is valid UTF-8 without control characters, whatever the text
 * was: what is neither is replaced by '?' (a tab by a blank). Names in a trace are not to be
 * trusted with a terminal.
 */
char *human_clean(const char *text);
/* The same but control characters stay: valid UTF-8. */
char *human_utf8(const char *text);
/* Columns that clean text takes on a terminal, each character counted as one. */
size_t human_columns(const char *text);

#endif
