/*
 * What must come before what, from what threads do with objects that order them (events and
 * tallies, trace_format.h): in every schedule in which each thread does what it was recorded to do,
 * as far as it gets. What came before what in the recorded run does not matter: a post that
 * happened to come first orders nothing when another could have come in its place.
 *
 * Semaphores. One that begins at v lets no more units be taken than v and those that are posted
 * (POSIX, sem_wait and sem_post). So when thread W has taken its j-th, at least j - v posts were
 * made; all posts of the other threads, W's own among them, may be some of these; if there are only
 * n of them, thread P has begun at least its (j - v - n)-th.
 *
 *	the m-th post of P comes before the j-th take of W	if v + n + m <= j
 *
 * Of W's own posts those that it makes after its j-th take cannot be among the n, and are left out.
 * Of conditions only where P has made one: a signal that did not make true what W looks for, as of
 * a thread that has just taken what another signal of it gives back, must not be taken for that
 * other one.
 *
 * That counts calls of P and the others, which may have failed: each gives one unit at most. It
 * counts takes of W that succeeded, tries too; those with a limit of time do not count, nor tries
 * that make no difference (idle_tries.h), as W would have gone on without them. A semaphore that
 * begins at 1 is a lock until another thread posts it (locks.h): what was done with it before does
 * not count, as each such post gave back what its own thread had taken; but what a thread had taken
 * and not given back then is among its takes, though there is no event of it (preload/sync.h,
 * sync_count_taken). Nothing is said of a semaphore whose first value was not seen, that other
 * processes have, or that was opened by name.
 *
 * A semaphore that is a lock orders nothing, but for one kind: by which a thread tells that it has
 * ended (latches.h).
 *
 * Conditions. A wait without a limit of time comes back only after a signal or broadcast that is
 * made while it waits (POSIX, pthread_cond_wait), and the waits of one thread follow one another:
 * so each time W comes back it needs one more. The rule is that of semaphores, with v = 0. Wake-ups
 * without a signal, which POSIX allows, are taken as not happening: those who are woken so look,
 * and wait again. Whether W waits at all hangs on data: it may find what it looks for without
 * waiting, under the mutex, but then still after whoever made it so under the mutex. Hence a signal
 * counts for what its thread did until it gave that mutex back (preload/cond_order.h), be it to
 * wait, and only if that thread cannot have made it otherwise before (signal_sections.h).
 *
 * Who waits again without having given back the mutex was let go on for nothing: by a signal that
 * was for others, or others had been quicker. That need not be so in another schedule, and does not
 * count; unless W is the only one that ever waits for it, and all others that ever take the mutex
 * do so to signal. Then each signal is a part of what W looks for.
 *
 * Barriers. If as many threads as a barrier is for, and no more, ever wait at it, each round takes
 * one arrival of each of them (POSIX, pthread_barrier_wait): the j-th arrival of each comes before
 * the j-th leaving of each. With more threads, who meets whom is chance.
 *
 * Annotations. The program's word: what is before comes before all that is after and was said
 * later.
 *
 * Nothing is said of an object with which something was done that is not in the tallies, nor, but
 * for annotations, of any in a process in which calls went unseen. Where the recording itself
 * contradicts a claim something was done out of sight: nothing is said of that object either.
 * Beyond what a tally counts there may be any number.
 */
#ifndef GORDIAN_SYNC_ORDER_H
#define GORDIAN_SYNC_ORDER_H

#include "model.h"

struct sync_units;

/*
 * What thread `from` does in epochs <= leaves comes before what `to` does in epochs >= arrives. A
 * number beyond those of the threads is a hub: no thread, but a line of points that edges lead
 * through, so that n who come before m need n + m of them.
 */
struct order_edge {
	uint32_t from, leaves;
	uint32_t to, arrives;
	uint32_t release, acquire; /* the events; NO_INDEX: none, as of creates, joins and hubs */
};

struct order_edges {
	struct order_edge *items;
	size_t count, size;
	uint32_t hub;		  /* the next one's number */
	struct sync_units *units; /* gets what they are made of (sync_units.h); NULL: not wanted */
};

/* Adds what is known to `edges`, which are empty. */
void sync_order_find(const struct model *model, struct order_edges *edges);

void order_edges_add(struct order_edges *edges, const struct order_edge *edge);

#endif
