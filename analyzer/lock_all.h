/*
 * std::lock, and std::scoped_lock of several, wait for each of their locks in turn while they hold
 * none of the others: the first is locked, the rest are tried, and when a try fails all are given
 * back, and the one that was taken is the next to be waited for ([thread.lock.algorithm]; libstdc++
 * and libc++ do so). What was held before stays held. So a try of theirs that got its lock stands
 * for a wait, by a thread that holds only what it held before.
 */
#ifndef GORDIAN_LOCK_ALL_H
#define GORDIAN_LOCK_ALL_H

#include "symbols.h"

/*
 * Adds a node (`implied`) for each such try that was made with something held before. Once, when
 * the model is linked, and before anything else keeps its nodes.
 */
void lock_all_imply(struct model *model, struct symbols *symbols);

/* Whether the node is such a try. */
bool lock_all_waits(struct symbols *symbols, const struct node *node);

#endif
