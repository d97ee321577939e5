/* The sentence that says what a hang waits for, and why nobody does it. */
#ifndef GORDIAN_HANG_TEXT_H
#define GORDIAN_HANG_TEXT_H

#include "hangs.h"
#include "names.h"

/* The caller frees it. */
char *hang_text(struct names *names, const struct wait_graph *graph, const struct hang *hang);

#endif
