/* Waits that are for processes: for the end of a child, or for a file that one has locked. */
#ifndef GORDIAN_WAIT_ENDERS_H
#define GORDIAN_WAIT_ENDERS_H

#include "wait_graph.h"

/* The waiter that alone can end the wait, being the only thread of the only process that can; it
 * may be the one that waits. NO_INDEX: not known, or there are several. */
uint32_t wait_sole_ender(const struct wait_graph *graph, const struct waiter *waiter);

#endif
