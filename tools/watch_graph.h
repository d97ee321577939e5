/*
 * A quick look at who waits for whom in one process, by addresses alone: whether it is worth while
 * to read the traces properly. It may see a circle where there is none, but overlooks none that has
 * lasted for a while.
 */
#ifndef GORDIAN_WATCH_GRAPH_H
#define GORDIAN_WATCH_GRAPH_H

#include "watch_trace.h"

struct watch_state {
	bool circle;	  /* threads that seem to wait for each other */
	bool lonely;	  /* one waits for what nobody here has, but others may have taken */
	bool long_lonely; /* and for a longer time, for what only a holder can give */
	bool for_child;	  /* one waits for a child process */
	bool all_wait;	  /* all threads wait for others of them, for a longer time */
	bool all_still;	  /* nothing of any thread has changed, for a longer time */
	uint64_t print;	  /* of the waits that this is about */
};

/* Waits count that were first seen before `before`, and for the last two `long_before`. */
struct watch_state watch_state_of(const struct watch_trace *trace, double before,
				  double long_before);

#endif
