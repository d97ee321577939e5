/*
 * The rules of misuse of locks that do not know all their holders: the read side of a rwlock, a
 * spin lock. The lock's memory says how it is held, the held stacks say by whom; a rule is broken
 * only where both agree. Checked on slow paths only, before the real call.
 */
#ifndef GORDIAN_LOCK_MISUSE_H
#define GORDIAN_LOCK_MISUSE_H

#include "misuse.h"

/* How a lock is held, as its memory says. */
struct lock_state {
	bool written;	  /* exclusively */
	int writer;	  /* by the thread of that kernel id; 0: not known */
	uint32_t readers; /* how many share it */
};

/* How these are held (rwlock.c, spin.c). */
struct lock_state rwlock_look(const void *lock);
struct lock_state spin_look(const void *lock);

/* What the rules must know of a kind of lock. */
struct lock_kind {
	struct lock_state (*look)(const void *lock);
	bool (*shared)(const void *lock); /* other processes may hold it, too */
	uint16_t op;			  /* enum trace_op: one that acquires it */
	uint16_t init, destroy, unlock;	  /* enum trace_act */
};

/* Where a call is made. */
struct lock_place {
	const void *site, *frame;
};

#define LOCK_PLACE \
	(struct lock_place) \
	{ \
		CALL_SITE, CALL_FRAME \
	}

/*
 * Whether the memory of the lock that this operation acquires says that it is held. *holder: by the
 * thread of that kernel id; 0: it does not say by whom.
 */
bool lock_looks_held(uint16_t op, const void *lock, int *holder);
/* Before an acquisition (enum trace_op) that may wait and will not succeed at once. */
void lock_check_acquire(const struct lock_kind *kind, const void *lock, uint16_t op,
			struct lock_place place);
/* Before a release of a lock that is not on the thread's held stack. */
void lock_check_unlock(const struct lock_kind *kind, const void *lock, struct lock_place place);
/* Before an initialisation, and before a destruction. */
void lock_check_init(const struct lock_kind *kind, const void *lock, struct lock_place place);
void lock_check_destroy(const struct lock_kind *kind, const void *lock, struct lock_place place);

#endif
