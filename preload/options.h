/* The options of GORDIAN_OPTIONS (include/gordian/options.h), parsed. */
#ifndef GORDIAN_PRELOAD_OPTIONS_H
#define GORDIAN_PRELOAD_OPTIONS_H

#include <gordian/options.h>
#include <stdint.h>

enum { OPTION_HOLD_SAMPLE, OPTION_HOLD_EXACT, OPTION_HOLD_OFF };
enum { OPTION_DEADLOCK_REPORT, OPTION_DEADLOCK_ABORT, OPTION_DEADLOCK_CONTINUE };

struct options {
#define OPTION_MEMBER_text(name) const char *name; /* NULL: not given */
#define OPTION_MEMBER_number(name) uint64_t name;
#define OPTION_MEMBER_flag(name) uint64_t name;
#define OPTION_MEMBER_choice(name) uint64_t name;
#define X(name, type, value, argument, help) OPTION_MEMBER_##type(name)
	GORDIAN_OPTIONS_TABLE(X)
#undef X
};

extern struct options options;

/*
 * Reads `text` (NULL: nothing was set). Unknown names and bad values are named on standard error,
 * once, and ignored, unless quiet=1 is among them. Does not allocate; texts longer than a page
 * are cut.
 */
void options_parse(const char *text);

#endif
