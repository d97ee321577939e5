/* GORDIAN_OPTIONS as the command finds it, and as it hands it on. */
#ifndef GORDIAN_ENVIRONMENT_H
#define GORDIAN_ENVIRONMENT_H

#include <stdbool.h>

/* The value of an option in GORDIAN_OPTIONS; the last one counts. Malloc'd; NULL: not given. */
char *environment_option(const char *name);

/* The same in a text like that; NULL: none. */
char *environment_value(const char *options, const char *name);

/*
 * What the program gets: what is there, then `own` ("name=value:…", may be NULL), then the
 * directory (may be NULL) as out=. Of several entries of a name only the last stays. Malloc'd.
 */
char *environment_options(const char *own, const char *directory);

/* Whether these options have children recorded. */
bool environment_children(const char *options);

#endif
