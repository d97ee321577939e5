/*
 * What a thread does again and again inside semaphores that are made for one wait each. The keys of
 * its situations are new with each of these; but those semaphores have the records of others before
 * them for the time being (provisional.h), so the nodes are the same. Here they are found by what
 * does stay the same: the nodes of such semaphores, and all that the key of another lock says.
 *
 * That takes no look at the table of locks, and so no lock of the recorder's; what would have to be
 * written there is put off. Should the semaphore turn out to be a lock, it is owed what was done
 * inside it in this life (nesting.h); mostly it does not, and nobody ever asks.
 */
#ifndef GORDIAN_REPEATS_H
#define GORDIAN_REPEATS_H

#include "tree.h"

/*
 * The node of that situation, whose key is in no table; NULL: it is to be found the other way. It
 * is for the first time in the life of such a semaphore only: what is done more often in one life
 * is to be in the table. By the thread itself, in a section.
 */
struct trace_node *repeats_find(struct thread *self, const struct acquire *acquire, uint64_t key);
/*
 * That node was found the other way, at that stack. True: it was acquired once already in this
 * life, and that was counted in the node. Under the recorder's lock.
 */
bool repeats_learn(struct thread *self, const struct acquire *acquire, uint64_t key,
		   struct stack *stack, const struct trace_node *node);

/* In that epoch of its thread the node was acquired, as is owed to semaphores of its path. */
typedef void repeats_visit(uint32_t node, uint32_t epoch);
/* Visits all that is owed by all threads; then it is not any more. Under the recorder's lock. */
void repeats_collect(repeats_visit *visit);

/* A new trace. */
void repeats_forget(struct thread *thread);

#endif
