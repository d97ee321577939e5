/*
 * Happens-before between epochs of threads. Two epochs that are not ordered either way can run at
 * the same time.
 *
 * Edges: (creator, create_epoch) -> (thread, 0); (joined, its end) -> (joiner, join_epoch); what
 * must be so by semaphores and their like (sync_order.h); program order within a thread. Lamport's
 * relation (CACM 21:7, 1978) on epochs instead of events. A foreign thread (TRACE_THREAD_FOREIGN)
 * comes after nothing that created it: who that was was not seen. It comes before what it creates
 * and what joins it. Threads of different processes are ordered by fork, exec, and waits for the
 * end of children (process_order.h).
 */
#ifndef GORDIAN_ORDER_H
#define GORDIAN_ORDER_H

#include "model.h"
#include "tasks.h"

struct order_edges;
struct order; /* answers are computed on demand and cached */

struct order *order_new(const struct model *model);
void order_free(struct order *order);
/* The same from creates and joins alone. The order's own. */
struct order *order_of_threads(struct order *order);

/* NULL: there are no tasks. The order's own. */
const struct tasks *order_tasks(const struct order *order);

/* All edges, by thread and epoch they leave. The order's own. */
const struct order_edges *order_edges_of(const struct order *order);

/* Whether all that thread a does in epochs <= ea happens before all that thread b does in epochs >=
 * eb; a != b. */
bool order_before(struct order *order, uint32_t a, uint32_t ea, uint32_t b, uint32_t eb);

/*
 * Whether some occurrence of node x and some occurrence of node y are not ordered. What one thread
 * does is, but for its tasks: of these creates and joins tell nothing.
 */
bool order_concurrent(struct order *order, uint32_t x, uint32_t y);

/*
 * Of two nodes that are not concurrent: the events by which an occurrence of the one comes before
 * one of the other, or the last two of several. False: it takes none.
 */
bool order_events(struct order *order, uint32_t x, uint32_t y, uint32_t *release,
		  uint32_t *acquire);

#endif
