/*
 * Whether a wait that is still published may be over: somebody has ended it, and its thread has not
 * noticed yet. A process may be killed between the two.
 */
#ifndef GORDIAN_WOKEN_H
#define GORDIAN_WOKEN_H

#include "wait_graph.h"

/* Of a wait for a condition, a barrier or a semaphore: by its index in the graph. */
bool waiter_may_be_woken(const struct wait_graph *graph, uint32_t index);

/* Whether what it waits for is in memory that other processes have, too. It waits for a lock. */
bool waiter_is_shared(const struct wait_graph *graph, const struct waiter *waiter);

#endif
