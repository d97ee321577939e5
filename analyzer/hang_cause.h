/* What came of what a thread waits for before: who signalled or posted it, how many have come. */
#ifndef GORDIAN_HANG_CAUSE_H
#define GORDIAN_HANG_CAUSE_H

#include "wait_graph.h"

struct hang_cause {
	uint32_t
		thread; /* who signalled the condition, or posted the semaphore; NO_INDEX: nobody */
	uint32_t stack; /* where; NO_INDEX: not known */
	uint16_t op;	/* enum trace_act or enum trace_op */
	uint64_t count; /* how often it did */
	bool others;	/* it is not the only one who did */
	bool never;	/* nobody did, for certain */
	uint32_t here, amount; /* of a barrier: how many wait there, for how many it is; else 0 */
};

/* The last one who did so, as far as is known: first occurrences count. False: there is nothing to
 * tell. */
bool hang_cause_find(const struct wait_graph *graph, const struct waiter *waiter,
		     struct hang_cause *cause);

#endif
