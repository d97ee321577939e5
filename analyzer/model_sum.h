/*
 * What the model can add up itself once the records of a process are in it.
 */
#ifndef GORDIAN_MODEL_SUM_H
#define GORDIAN_MODEL_SUM_H

#include "model.h"

/*
 * Fills in, for the newest process of the model, what is a sum over its nodes, waits and threads:
 * the counts in struct process and in its locks. Its nodes, waits, locks and threads begin at the
 * given indices and reach to the ends of the arrays.
 */
void model_sum(struct model *model, size_t first_thread, size_t first_lock, size_t first_node,
	       size_t first_wait);

/* Whether it is one of the locks in struct process; its own counts are there. Objects of
 * annotations that nobody takes only order. */
bool lock_counts(const struct lock *lock);

/* Ticks to nanoseconds, saturating. */
uint64_t ticks_to_ns(uint64_t ticks, double ns_per_tick);

#endif
