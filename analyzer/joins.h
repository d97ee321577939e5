/*
 * Threads as something to wait for. A thread's end is like a lock that the thread holds from its
 * start on and that those who join it want (Havelund and Potter's resource, in the words of a lock
 * graph). So a cycle through it is found, judged and told like any other.
 *
 * It costs one node for each thread that somebody is seen to wait for: the situations of the thread
 * that hold nothing come to lie under it. Threads that nobody joins while holding something are not
 * in the trace as locks, and nothing is made for them.
 */
#ifndef GORDIAN_JOINS_H
#define GORDIAN_JOINS_H

#include "model.h"

/*
 * The same model, in which joined threads hold their ends; NULL: nobody is waited for. Nodes of the
 * model keep their indices; those added come last, were never counted, and have the stack where the
 * thread was created. Everything but the nodes still belongs to the model.
 */
struct model *joins_lay(const struct model *model);
void joins_free(struct model *laid);

/* What an added node says it did (enum trace_act). */
#define JOINS_HOLD_OP TRACE_ACT_create

/* Whether the lock is the end of that thread. */
static inline bool lock_is_end_of(const struct lock *lock, uint32_t thread)
{
	return lock->kind == TRACE_LOCK_thread && lock->thread == thread && thread != NO_INDEX;
}

#endif
