/*
 * What must come before what, from semaphores that only order (events and tallies, trace_format.h):
 * in every schedule in which each thread does what it was recorded to do, as far as it gets. What
 * came before what in the recorded run does not matter: a post that happened to come first orders
 * nothing when another could have come in its place.
 *
 * A semaphore that begins at v lets no more units be taken than v and those that are posted
 * (POSIX, sem_wait and sem_post). So when thread W has taken its j-th, at least j - v posts were
 * made; all posts of the other threads, W's own among them, may be some of these; if there are only
 * n of them, thread P has begun at least its (j - v - n)-th.
 *
 *	the m-th post of P comes before the j-th take of W	if v + n + m <= j
 *
 * That counts calls of P and the others, which may have failed: each gives one unit at most. It
 * counts takes of W that succeeded; those with a limit of time do not count, as W would have gone
 *on without them. A semaphore that begins at 1 is a lock until another thread posts it (locks.h):
 *what was done with it before does not count, as each such post gave back what its own thread had
 *taken.
 *
 * Nothing is said of a semaphore whose first value was not seen, that other processes have, or that
 * was opened by name; of one with which something was done that is not in the tallies; of any in a
 * process in which calls went unseen. Where the recording itself contradicts a claim there were
 * posts out of sight: nothing is said of that semaphore either. Beyond what a tally counts there
 *may be any number.
 */
#ifndef GORDIAN_SYNC_ORDER_H
#define GORDIAN_SYNC_ORDER_H

#include "model.h"

/* What thread `from` does in epochs <= leaves comes before what `to` does in epochs >= arrives. */
struct order_edge {
	uint32_t from, leaves;
	uint32_t to, arrives;
	uint32_t release, acquire; /* the events; NO_INDEX: it is none of this file's */
};

struct order_edges {
	struct order_edge *items;
	size_t count, size;
};

/* Adds what is known to `edges`. */
void sync_order_find(const struct model *model, struct order_edges *edges);

void order_edges_add(struct order_edges *edges, const struct order_edge *edge);

#endif
