/*
 * What a report rests on: how much was seen, and what was not. A verdict is worth no more than
 * that.
 */
#ifndef GORDIAN_COVERAGE_H
#define GORDIAN_COVERAGE_H

#include "format.h"

struct coverage {
	uint64_t acquisitions;
	uint64_t situations;  /* distinct acquisitions: thread, lock, place, what was held */
	uint64_t nestings;    /* those of them with another lock held */
	uint64_t locks;	      /* that were taken at least once */
	uint64_t uncontended; /* those of them that nobody ever had to wait for */
	uint64_t drops[TRACE_DROP_SLOTS];
	uint64_t dropped;		  /* their sum */
	uint64_t truncated;		  /* searches cut short */
	uint64_t early, widened, ignored; /* as in struct process, summed */
	uint64_t unordered_objects, unordered_children;
	/* futex calls that went around the C library: waits there are not understood. */
	uint64_t futex_calls, futex_places;
	uint32_t futex_stack; /* of the place that made most of them; NO_INDEX: not known */
};

void coverage_take(const struct report *report, struct coverage *coverage);

/* That nothing was recorded which a clean verdict could rest on, as a sentence; else NULL. */
const char *coverage_nothing(const struct model *model);

#endif
