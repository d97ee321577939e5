/*
 * Formats of printf and scanf in the data of an ELF file. Those that are made while the program
 * runs are not known.
 */
#ifndef GORDIAN_CODE_FORMATS_H
#define GORDIAN_CODE_FORMATS_H

#include "object_file.h"

/* Whether a text may be one that has printf write to one of its arguments, how much it has written
 * so far (%n). */
bool code_formats_count(const struct object_file *object);

/* How many arguments scanf writes to with the format at that address; UINT_MAX: not known. */
unsigned code_format_scans(const struct object_file *object, uint64_t address);

#endif
