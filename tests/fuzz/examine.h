/*
 * Reads a trace and uses everything in the model it makes, as an analysis would: any index that
 * points to nowhere is an abort, or found by the sanitizers.
 */
#ifndef GORDIAN_EXAMINE_H
#define GORDIAN_EXAMINE_H

#include "reader.h"

/* False: the file was refused, *error says why. */
bool examine_file(const char *path, struct reader_error *error);

#endif
