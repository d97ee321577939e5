/*
 * What functions of other files write to through their arguments, and which of them tell nobody of
 * what they are given. Of all others nothing is known.
 */
#ifndef GORDIAN_CODE_WRITES_H
#define GORDIAN_CODE_WRITES_H

#include <stdbool.h>
#include <stdint.h>

struct code_writes {
	const char *name; /* with * at its end: all that begin so */
	uint8_t to;	  /* register with the address; CODE_NO_REGISTER: it writes to nothing */
	uint8_t count;	  /* register that says how many times; CODE_NO_REGISTER: once */
	uint8_t each;	  /* bytes; 0: any number */
	bool runs;	  /* a function, with what is in RCX */
};

/* NULL: not known; so of NULL. */
const struct code_writes *code_writes_of(const char *import);

/* Whether it only tells of what it is given: it returns an address there, or keeps it for, or gives
 * it to, functions of the file. */
bool code_only_tells(const char *import);

/* Whether it writes what a format says, which may be to each of its arguments (%n). */
bool code_writes_format(const char *import);
/* How many arguments come before those that it reads something into, as its format says; 0: it is
 * none of those. */
unsigned code_scans_behind(const char *import);
/* Whether one argument is a list of what such a function would be given (va_list). */
bool code_takes_list(const char *import);

#endif
