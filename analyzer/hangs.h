/*
 * Threads that wait for what nobody can do any more, though not for each other (wait_graph.h).
 *
 * A wait is hopeless when nobody who could end it will:
 *
 *	what has holders		one of them is in a hopeless wait
 *	an orphan			a lock that is held by a thread that has ended, or that
 *					another process held when it ended or forked; a robust one
 *					is none
 *	condition, barrier, semaphore	all live threads that can get at it are in hopeless waits:
 *					those of the process, or of all processes where it is
 *					shared
 *
 * A wait may have been ended already, and its thread not have noticed: what is published as wanted
 * but has no holder is not hopeless. Nor is a semaphore that a signal handler or a process that is
 * not recorded may post, or what is shared and some child that is not recorded can get at, or
 * lies in a file that anybody may map; nor all of a process with a handler for a signal that may
 * still come.
 */
#ifndef GORDIAN_HANGS_H
#define GORDIAN_HANGS_H

#include "wait_graph.h"

/* Who took the orphan away with it, as far as is known. */
struct orphan {
	uint32_t lock;	 /* NO_INDEX: none */
	uint32_t thread; /* NO_INDEX: not known */
	uint32_t stack;	 /* where it took it; NO_INDEX: not known */
	uint16_t op;	 /* enum trace_op; 0: not known */
	enum orphan_reason {
		ORPHAN_THREAD_ENDED,
		ORPHAN_PROCESS_ENDED,
		ORPHAN_FORKED,
	} reason;
};

struct hang {
	uint32_t *waiters; /* in hopeless waits; first those that do not wait for one another */
	uint32_t count;
	uint32_t root_count; /* so many are the first */
	bool whole;	     /* they are all the live threads of their processes */
	struct orphan orphan;
};

struct hangs {
	struct hang *items;
	size_t count;
};

void hangs_find(const struct wait_graph *graph, struct hangs *hangs);
void hangs_free(struct hangs *hangs);

#endif
