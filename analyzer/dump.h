/*
 * The raw records of a trace as text: the header on the first line, then one record per line in
 * file order, "OFFSET TYPE name=value …", every field of the record table in its order.
 * References are printed as @OFFSET of the record they name ("-" for none), so they can be looked
 * up in the first column; addresses and flags in hexadecimal, codes by name, text in quotes with
 * \xNN for what is not printable. Tails follow: text="…" for each string, frames as 0x…, held
 * entries in braces.
 */
#ifndef GORDIAN_DUMP_H
#define GORDIAN_DUMP_H

#include <stdio.h>

#include "reader.h"

/* False: the trace is bad (*error says how), or writing failed (error->text is ""). */
bool dump_trace(FILE *out, const char *path, struct reader_error *error);

#endif
