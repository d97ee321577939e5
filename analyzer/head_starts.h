/*
 * Locks that a thread finds taken when it begins: its creator took them before it created it, and
 * has them on. When the new thread takes such a lock, its creator has given it back. So nothing
 * that comes after that in the new thread is at the same time as anything that the creator does
 * before it gives the lock back.
 *
 * Looked at are locks that the creator took once, so that all that it did with the lock held is one
 * section; the creating step lay inside it (struct across). The new thread takes the lock first of
 * all: a thread's nodes are in the order in which its situations were new in an epoch.
 *
 * Or the new thread takes the lock again after a condition wait: so it has had it before, whatever
 * it took first (POSIX, pthread_cond_wait). Or it holds what it takes, at that place, only with the
 * lock held. Then the creator may take the lock elsewhere, too; the section is the only one of its
 * place.
 */
#ifndef GORDIAN_HEAD_STARTS_H
#define GORDIAN_HEAD_STARTS_H

#include "model.h"

struct head_starts;

/* NULL: no thread has found a lock taken and then taken it. */
struct head_starts *head_starts_new(const struct model *model);
void head_starts_free(struct head_starts *starts);

/* The lock that keeps nodes x and y of the model, or of one that begins with it, apart; NO_INDEX.
 */
uint32_t head_starts_gate(const struct head_starts *starts, const struct model *model, uint32_t x,
			  uint32_t y);

#endif
