/*
 * What other threads held when this process was forked: nobody in it can ever release that. Under
 * the recorder's lock, but for forked_here and forked_by.
 */
#ifndef GORDIAN_FORKED_H
#define GORDIAN_FORKED_H

#include "misuse.h"

/* Whether this process is the child of a fork, as far as was seen. */
bool forked_here(void);
/* Whether that is the kernel id that the thread which forked had in the parent: what it held there,
 * it holds here. */
bool forked_by(int tid);

/* Before a fork: what all threads but the one that forks hold. */
void forked_prepare(const struct thread *forking);
void forked_finish(bool child);

/*
 * In a child that has no trace of its own yet, and will have none: counts it in its parent's, which
 * it still has mapped. False: it cannot be counted there.
 */
bool forked_idle(void);
/* In such a child: it is about to begin a trace of its own, or another program. */
void forked_begins(void);
/* In such a child: whether it, or a child of its own, may have begun something since it was forked.
 */
bool forked_any_begun(void);
/* A new trace, or none from now on: the parent's is about to be unmapped. */
void forked_reset(void);

/* Whether a thread of the parent, of that kernel id (0: any), held the lock then: makes it the
 * other side. */
bool forked_blame(struct misuse *misuse, int owner);

#endif
