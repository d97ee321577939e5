/*
 * Lines of source files, for quoting.
 */
#ifndef GORDIAN_TEXT_SOURCE_H
#define GORDIAN_TEXT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The line without its indentation and line end, from malloc; NULL when it cannot be read or is
 * empty. *changed: the file is newer than the recording, so that the line may be another.
 */
char *source_line(const char *file, int line, uint64_t recorded_realtime_ns, bool *changed);

#endif
