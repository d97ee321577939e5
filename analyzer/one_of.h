/* Names that stand in a list. */
#ifndef GORDIAN_ONE_OF_H
#define GORDIAN_ONE_OF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool one_of(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Whether the array has that name. */
#define ONE_OF(name, names) one_of(name, names, sizeof(names) / sizeof(*(names)))

#endif
