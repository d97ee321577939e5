/*
 * Witnesses: whether there is a schedule of the recorded run's own operations that ends with the
 * threads of a cycle waiting for each other, and which.
 *
 * The assumption: what a thread does depends neither on data that others change nor on how long
 * anything takes. It does the same again, only at another time. What it has to wait for was
 * recorded: other ways to wait (memory, pipes, raw futexes) are data in this sense. Whether there
 * are such futexes is for the caller to ask (unseen.h).
 *
 * The argument (after the sync-preserving closure of SPDOffline: Tunc, Mathur, Pavlogiannis,
 * Viswanathan, PLDI 2023; on situations and epochs in place of events). The parties are the threads
 * of the cycle and the writers between its readers; each is to stop where it wants its lock, in an
 * epoch in which it did so. It has a section (section.h) that ends there.
 *
 *  1. The epochs are a cut: no stop demands that another party is past its own (closure.h). The
 *     least such cut is taken (Garg, Waldecker, IEEE TPDS 5:3, 1994), as it needs least of others.
 *  2. First of all runs what comes before: of each party, all before its section, and of other
 *     threads whatever that demands. It runs in the order in which it did run. That is possible,
 *     because whatever is taken is given back in it: parties hold nothing before their sections,
 *     and other threads are stopped where they hold nothing.
 *  3. Then the sections. They lie in one epoch each, so nothing has to happen in between. Their
 *     segments run one after the other; a segment must not take what a party keeps by then. So one
 *     that may take a lock comes before the one that keeps it for another party. If these demands
 *     are no circle the segments have an order, and that is the witness. (One segment as a whole is
 *     the unit, so some witnesses are not found.)
 *  4. At last each party asks for its lock, writers before readers, and waits: what it wants is
 *     kept by the next one; or it joins the next one, which is not at its end.
 *
 * Nothing is concluded from what may have happened: sets that decide against a witness hold all
 * that may have, so it can be missed, but what is found is one. These make that hopeless, and end
 * it before it begins: recordings with drops or merged spans, threads of which it is not known who
 * made them, acquisitions in signal handlers, records that stand for several
 * locks, locks that were given back by others than their holders; and threads of different
 * processes, because not all that orders them is recorded (process_order.h).
 *
 * A stop where a thread takes a lock for the first time that it made itself may be one at which no
 * other thread can know that lock yet: a constructor that takes the new object's lock, and others
 * inside, is no deadlock with those who find the object later. So that is no witness, unless the
 * lock is a variable of a module, in shared memory, or was taken again here: it is `fresh`. Of a
 * lock that was never initialised by a call it is not known when it was made; then whoever took it
 * first is said to have made it, unless it lies in a frame of the first thread.
 */
#ifndef GORDIAN_WITNESS_H
#define GORDIAN_WITNESS_H

#include "model.h"

/* Parties of a witness at most. */
#define WITNESS_MAX_PARTIES 64u

/* The wanted acquisition, or join, of one party, and that of the lock that another one waits for.
 */
struct witness_party {
	uint32_t node;
	uint32_t holder; /* node on its path; NO_INDEX: none, or the thread's end is waited for */
	bool writer;	 /* only there for readers to wait behind it */
};

/* The thread takes, or at last waits for, the lock of the node. */
struct witness_move {
	uint32_t node;
	bool waits;
};

enum witness {
	WITNESS_NONE,
	WITNESS_FRESH, /* there is one, if the locks can be known to all by then */
	WITNESS_FOUND,
};

struct witnesses;

/* Keeps pointing to the model. */
struct witnesses *witnesses_new(const struct model *model);
void witnesses_free(struct witnesses *witnesses);

/*
 * Looks for a witness of these parties. When there is one, *moves is its *count moves, which the
 * caller frees, and *fresh is the lock that may not be known to others, or NO_INDEX.
 */
enum witness witness_find(struct witnesses *witnesses, const struct witness_party *parties,
			  size_t party_count, struct witness_move **moves, size_t *count,
			  uint32_t *fresh);

#endif
