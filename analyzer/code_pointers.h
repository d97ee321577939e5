/*
 * Addresses of a file's variables and functions that stand in its data when it is loaded: in tables
 * of options, say, by which whoever reads the table writes to them or calls them. Pointers to other
 * files' variables are none.
 */
#ifndef GORDIAN_CODE_POINTERS_H
#define GORDIAN_CODE_POINTERS_H

#include "object_file.h"

/* Calls `each` for all of them, in any order. False: there is too much to look at. */
bool code_pointers_find(const struct object_file *object,
			void (*each)(void *context, uint64_t address), void *context);

#endif
