/*
 * What several traces say together: locks in shared memory are one lock in all processes, and a
 * forked process comes after what its parent did before.
 */
#ifndef GORDIAN_MODEL_LINK_H
#define GORDIAN_MODEL_LINK_H

#include "model.h"

/*
 * Once, when all traces are in the model.
 *
 * Of the locks with one identity the first takes over the nodes, waits and numbers of the others,
 * which are left with no acquisitions. Where a process had several locks of that identity at one
 * address, one after the other, it is not known which of them another process meant: then they stay
 * apart.
 *
 * Locks get to know that others gave them back than who held them.
 *
 * The first thread of a forked process gets the thread that called fork as its creator, when that
 * one's trace is here, too. A process of which that was not recorded was killed if its parent's
 * trace says so. Images of one process get to know those before them, and waits for children the
 * last images of these, by process id, parent and time: while a process is there, or has ended and
 * was not yet waited for, nobody else has its id.
 */
void model_link(struct model *model);

#endif
