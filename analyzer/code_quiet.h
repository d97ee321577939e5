/*
 * Functions of other files that write to nothing through their arguments, and those that do not,
 * but tell others of what they are given; by their names.
 */
#ifndef GORDIAN_CODE_QUIET_H
#define GORDIAN_CODE_QUIET_H

#include <stdbool.h>

/* Whether it writes to nothing through its arguments, then or later, and tells nobody of them. Of a
 * lock nothing is known that could change by its being taken. */
bool code_is_quiet(const char *import);

/* Whether it only tells of what it is given: it returns an address there, or keeps it for, or gives
 * it to, functions of the file. */
bool code_only_tells(const char *import);

#endif
