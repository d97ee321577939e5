/* The sentences that say who waits for whom. */
#ifndef GORDIAN_DEADLOCK_TEXT_H
#define GORDIAN_DEADLOCK_TEXT_H

#include "names.h"
#include "wait_graph.h"

/* One sentence for a circle; the caller frees it. `past`: it was broken since. */
char *deadlock_text(struct names *names, const struct wait_graph *graph,
		    const struct wait_cycle *cycle, bool past);

#endif
