/*
 * What functions of other files write to through their arguments, by their names; those of
 * code_quiet.h write to nothing. Of all others nothing is known.
 */
#ifndef GORDIAN_CODE_WRITES_H
#define GORDIAN_CODE_WRITES_H

#include <stdbool.h>
#include <stdint.h>

/* Where one writes to: what an argument points to. */
struct code_place {
	uint8_t to;    /* register with the address; CODE_RAX: none, and no further place */
	uint8_t count; /* register that says how many times; CODE_NO_REGISTER: once */
	uint16_t each; /* bytes; 0: any number */
	bool found;    /* or where addresses lead that it finds there; or it does so later */
};

#define CODE_MOST_PLACES 4u

struct code_writes {
	const char *name;
	struct code_place places[CODE_MOST_PLACES + 1];
	bool runs; /* a function, with what is in RCX */
};

/* NULL: not known; so of NULL. */
const struct code_writes *code_writes_of(const char *import);

bool code_writes_nothing(const struct code_writes *writes);
/* Whether one of its places is found so. */
bool code_writes_found(const struct code_writes *writes);
/* The place that the register has the address of; NULL: none. */
const struct code_place *code_writes_to(const struct code_writes *writes, uint8_t number);

/* Whether it writes what a format says, which may be to each of its arguments (%n). */
bool code_writes_format(const char *import);
/* How many arguments come before those that it reads something into, as its format says; 0: it is
 * none of those. */
unsigned code_scans_behind(const char *import);
/* Whether one argument is a list of what such a function would be given (va_list). */
bool code_takes_list(const char *import);

#endif
