/* What happened in a misuse, in one sentence. */
#ifndef GORDIAN_MISUSE_TEXT_H
#define GORDIAN_MISUSE_TEXT_H

#include "names.h"

/* Belongs to the caller. */
char *misuse_text(struct names *names, const struct model *model, const struct misuse *misuse);
/* Whether the other side of that rule waits for the lock, rather than holds it. */
bool misuse_other_waits(uint16_t rule);

#endif
