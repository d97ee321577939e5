/* Text put together without stdio, which may allocate and lock. The rest of it is stpcpy. */
#ifndef GORDIAN_TEXT_H
#define GORDIAN_TEXT_H

#include <stdint.h>
#include <string.h>

/* Appends a decimal number, at most 20 digits, and returns the new end, where a '\0' is. */
static inline char *text_append_number(char *end, uint64_t number)
{
	char digits[21] = "", *first = digits + sizeof(digits) - 1;

	do
		*--first = (char)('0' + number % 10);
	while (number /= 10);
	return stpcpy(end, first);
}

#endif
