/*
 * Threads that say, under a lock, what others then act upon: before it ends, a worker takes the
 * lock, says "done", and signals; who waits for that under the lock joins it, still under the lock.
 * The lock alone orders nothing, and the data that decides is not recorded. But who looks at such
 * news, and joins a thread whose every taking of the lock was news to him, joins one that has been
 * there: it does not need the lock any more.
 *
 * Asked for is a joiner that has the lock from a wait for that condition; or, as a joiner that
 * comes late finds the news there and waits for nothing, one whose code asks for them on each way
 * from taking the lock to the join (questions.h). Then all threads that are joined at that place
 * have to do the same whenever they take the lock.
 *
 * The assumption is that what he waits for is what he then acts upon, as with every condition of a
 * monitor (Hoare, CACM 17:10, 1974). It is wrong of a joiner that asks for other news of the same
 * condition (there is room in the queue), and then joins a thread that may have yet to come for the
 * lock.
 *
 * That news follow each time that a thread takes the lock is told by counts, and by the epoch in
 * which it did so last: of one that signals twice under the lock at one time, and not at all at
 * another, in one epoch or before that, it is believed wrongly.
 */
#ifndef GORDIAN_ANNOUNCE_H
#define GORDIAN_ANNOUNCE_H

#include "model.h"

struct announcements;

struct announcements *announcements_new(const struct model *model);
void announcements_free(struct announcements *announcements);

/*
 * Whether each acquisition of that node was followed, before the lock was given back, by a signal
 * on a condition that the thread had asked for which then has the same lock by the node `holder`,
 * and joins the node's thread by the node `join`.
 */
bool announced_to(struct announcements *announcements, uint32_t node, uint32_t holder,
		  uint32_t join);

/* A node of a signal below that node, which is one of those; NO_INDEX: none. */
uint32_t announcing_signal(const struct announcements *announcements, uint32_t node);

#endif
