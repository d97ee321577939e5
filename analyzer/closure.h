/*
 * What must have happened before threads come to where they are to stop: for each thread, how far
 * it must have got. Steps from one epoch to the next are what demands something of others:
 *
 *	the thread begins				its creator has created it
 *	it has joined another				that one is at its end
 *	it was let on (an event, trace_format.h)	all that gave way before it, in the recorded
 *							run, with the same object, have done so; of
 *							a semaphore as many as were needed
 *							(demand_units.h)
 *	it takes the mutex of a condition		all others that signal it under that mutex
 *							have done so
 *
 * That is more than must be so: another post would do as well. But what happened before is certain
 * to do: with all of it and no more than what took from it then, each wait ends that ended then.
 * The last line is about those who find what they look for without having to wait, as no event says
 * so; then they depend on whoever made it so, and the signals tell who that may be.
 *
 * Where a thread is stopped it holds nothing. A stop of the caller's is in an epoch before which
 * nothing was held (the across record). Another thread is stopped where an epoch begins; if it
 * holds something there it goes on to an epoch in which it came to hold nothing, with all that this
 * demands.
 *
 * Waits of which it is not known what ended them are never over: threads do not come past them.
 */
#ifndef GORDIAN_CLOSURE_H
#define GORDIAN_CLOSURE_H

#include "section.h"

/* The thread stops where it acquires the node, in that epoch. */
struct stop {
	uint32_t thread, node, epoch;
	bool first; /* it is the first time (sections_first_is_known) */
};

enum closure_answer {
	CLOSURE_GOOD,
	CLOSURE_EARLY, /* a stop must be in a later epoch */
	CLOSURE_NONE,
};

struct closure;

/* Keeps pointing to the sections. */
struct closure *closure_new(const struct sections *sections);
void closure_free(struct closure *closure);

/* Whether all can come to their stops. If early, stops[*which] must not be before *epoch. */
enum closure_answer closure_find(struct closure *closure, const struct stop *stops, size_t count,
				 size_t *which, uint32_t *epoch);

#endif
