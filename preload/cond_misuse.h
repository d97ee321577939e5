/* The rules of misuse of conditions. For pthread_cond_t and what is one under another name (cnd_t).
 */
#ifndef GORDIAN_COND_MISUSE_H
#define GORDIAN_COND_MISUSE_H

#include "acquire.h"

/* Before a wait of operation op; again: the acquisition at its end. held: the thread has recorded
 * that it holds the mutex. */
void cond_check_wait(struct thread *self, const void *cond, uint16_t op,
		     const struct acquire *again, bool held);
/* Notes that the wait is made without the mutex, which `holder` (NULL: not known) has. Under the
 * recorder's lock. */
struct party;
void cond_note_unlocked(struct thread *self, const void *cond, uint16_t op,
			const struct acquire *again, const struct party *holder);
/*
 * With which mutex a condition was waited for last. Written without a lock: `check` tells whether
 * the two belong together, and to this condition.
 */
enum { COND_BINDING_BITS = 10 };
extern struct cond_binding {
	uint64_t mutex; /* 0: no condition that would be here was ever waited for */
	uint64_t check;
} cond_bindings[1 << COND_BINDING_BITS];

static inline struct cond_binding *cond_binding(const void *cond)
{
	uint64_t hash = (uintptr_t)cond * LOCK_HASH_FACTOR;

	return &cond_bindings[hash >> (64 - COND_BINDING_BITS)];
}

/* That mutex, as far as it is remembered, in its and the condition's present lives; NULL. */
const void *cond_bound(const void *cond);
void cond_bind(const void *cond, const void *mutex);
/* Before a signal or broadcast; where nobody was ever seen to wait, there is nothing to do. */
void cond_check_bound_signal(const void *cond, uint16_t act, const void *site, const void *frame);

/* glibc (2.25 to 2.41): the mark that pthread_cond_destroy leaves. */
static inline bool cond_is_destroyed(const void *cond)
{
	return ((const pthread_cond_t *)cond)->__data.__wrefs & 4;
}

/* Before a use of one that is destroyed. */
void cond_note_late(const void *cond, uint16_t act, const void *site, const void *frame);

static inline void cond_check_signal(const void *cond, uint16_t act, const void *site,
				     const void *frame)
{
	if (unlikely(cond_is_destroyed(cond)))
		cond_note_late(cond, act, site, frame);
	if (__atomic_load_n(&cond_binding(cond)->mutex, __ATOMIC_RELAXED))
		cond_check_bound_signal(cond, act, site, frame);
}

/* Before a destruction, and after it. */
void cond_check_destroy(const void *cond, uint16_t act, const void *site, const void *frame);
void cond_over(const void *cond, uint16_t act, const void *site, const void *frame);

#endif
