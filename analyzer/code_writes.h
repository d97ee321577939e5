/*
 * What functions of other files write to through their arguments, of those that are often called
 * with an address in the caller's frame. Of all others nothing is known.
 */
#ifndef GORDIAN_CODE_WRITES_H
#define GORDIAN_CODE_WRITES_H

#include <stdbool.h>
#include <stdint.h>

struct code_writes {
	const char *name;
	uint8_t to;    /* register with the address; CODE_NO_REGISTER: it writes to nothing */
	uint8_t count; /* register that says how many times; CODE_NO_REGISTER: once */
	uint8_t each;  /* bytes */
	bool runs;     /* a function, with what is in RCX */
};

/* NULL: not known; so of NULL. */
const struct code_writes *code_writes_of(const char *import);

#endif
