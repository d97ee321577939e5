/*
 * Whether a cycle of locks can be a deadlock. A deadlock needs one acquisition for each edge of the
 * cycle such that all at once
 *
 *	are by different threads					else single-thread
 *	hold no lock in common, unless all share it			else gate-lock
 *	are not ordered by creates and joins (order.h)			else thread-order
 *	can happen at the same time (order.h)				else sync-order
 *	hold no more units of a semaphore than there are (seats.h)	else gate-lock
 *	want exclusively, or want what is held exclusively (1)		else read-shared
 *	do not just try							else try-lock
 *	do not give up after a time					else timed
 *
 * (1) Or both read, the lock lets writers first (TRACE_LOCK_WRITER_FIRST), and there is a writer to
 * come between: the one reader waits for it, and it waits for the other one. It is one more
 * acquisition that must go with all the others.
 *
 * (Goodlock: Havelund, SPIN 2000; the conditions on happens-before: Agarwal et al., HVC 2005.) If
 * such a combination exists the verdict is potential. If none does, the conditions are imposed one
 * after the other in this order: the first that leaves no combination is the reason, and a
 * combination that meets those before it is the example.
 *
 * An acquisition that holds two locks of the cycle makes a shorter cycle out of some of the same
 * acquisitions: all that could be said is said of that one. A cycle of which each combination has
 * such an acquisition is redundant.
 *
 * Acquisitions of the same thing by many threads are folded into classes, and within a class only
 * those that may overlap are looked at, by intervals on the time line of the thread that creates
 * and joins most of them: 500 threads in turn cost 500 looks, not 500².
 */
#ifndef GORDIAN_VERDICT_H
#define GORDIAN_VERDICT_H

#include "graph.h"
#include "order.h"
#include "place.h"
#include "rules.h"

/* Looks at one combination's next acquisition, for one cycle, at most. */
#define JUDGE_MAX_STEPS (1u << 21)

/* The acquisition that stands for an edge of the cycle. */
struct judged_step {
	uint32_t node;	 /* wants the next lock */
	uint32_t holder; /* the node above it that took the lock it holds */
	uint32_t want_place, hold_place;
	uint64_t count;	 /* acquisitions of this kind by this thread, at these places */
	uint32_t writer; /* node: the writer behind whom it waits for a reader; NO_INDEX: none */
};

struct judgement {
	enum verdict verdict; /* potential or discharged */
	enum reason reason;
	struct judged_step *steps; /* one for each lock, which it holds; the judge's, until its next
				      call */
	uint32_t gate;	/* a lock that excludes two steps from each other, or a semaphore that has
			   too few units for all; or NO_INDEX */
	bool redundant; /* discharged, and not worth a finding: steps, reason and gate are not set
			 */
	bool cut;	/* the search did not finish: potential because nothing was proved */
};

struct judge;

/* The judge keeps pointing to all of these. */
struct judge *judge_new(const struct graph *graph, struct order *order, struct places *places);
void judge_free(struct judge *judge);

/*
 * Judges a cycle of count >= 2 locks, each held while the next is wanted. All edges must exist.
 * Counts down *steps by the work it took, at most to 0, but is not limited by it. Cycles of one
 * component should follow each other: what is known about its edges is kept until the next one's.
 */
void judge_cycle(struct judge *judge, const uint32_t *locks, size_t count, uint64_t *steps,
		 struct judgement *judgement);

/*
 * Whether the step `join` is of the other's thread, and its joiner knows that it has been there
 * (announce.h): by the node *signal.
 */
bool judge_announced(const struct judge *judge, const struct judged_step *join,
		     const struct judged_step *other, uint32_t *signal);

#endif
