/*
 * Deadlocks that the recorder saw happen (trace_format.h, deadlock), in the shape of a wait graph
 * (wait_graph.h). Only those that are not seen otherwise: they were broken since, or where the
 * threads sleep tells nothing.
 */
#ifndef GORDIAN_PAST_WAITS_H
#define GORDIAN_PAST_WAITS_H

#include "wait_graph.h"

struct past_waits {
	struct wait_graph graph; /* its waiters are the steps, its cycles the deadlocks */
	struct held *helds;	 /* one for each waiter */
	bool *broken;		 /* by cycle: some of its threads do not wait for that any more */
};

/* now: what is there still. */
void past_waits_make(struct past_waits *past, const struct wait_graph *now);
void past_waits_free(struct past_waits *past);

#endif
