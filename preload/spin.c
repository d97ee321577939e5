/*
 * The pthread_spin family.
 *
 * Facts used of glibc (2.3.4 to 2.41): a spin lock is one int. On x86 it is 1 while free, and the
 * lock call decrements it; elsewhere it is 0 while free.
 */
#include "acquire.h"
#include "identity.h"
#include "life_misuse.h"
#include "lock_misuse.h"

#include <pthread.h>

/* Whether a lock call will have to wait. */
static inline bool spin_taken(const pthread_spinlock_t *lock)
{
#if defined(__x86_64__) || defined(__i386__)
	return *lock <= 0;
#else
	return *lock != 0;
#endif
}

struct lock_state spin_look(const void *lock)
{
	return (struct lock_state){spin_taken(lock), 0, 0};
}

/* It does not remember that: where it lies decides. */
static bool is_shared(const void *lock)
{
	(void)lock;
	return identity_shared_memory;
}

static const struct lock_kind spin_kind = {
	.look = spin_look,
	.shared = is_shared,
	.op = TRACE_OP_spin_lock,
	.init = TRACE_ACT_spin_init,
	.destroy = TRACE_ACT_spin_destroy,
	.unlock = TRACE_ACT_spin_unlock,
};

INTERPOSE(pthread_spin_init)
int pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
	struct thread *self = thread_self();
	struct slow slow;
	int result;

	lock_check_init(&spin_kind, (const void *)lock, LOCK_PLACE);
	result = REAL(pthread_spin_init)(lock, shared);
	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	locks_init(self, (const void *)lock, TRACE_LOCK_spin,
		   stacks_at(self, CALL_SITE, CALL_FRAME));
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_spin_destroy)
int pthread_spin_destroy(pthread_spinlock_t *lock)
{
	struct thread *self = thread_self();
	struct slow slow;
	int result;

	lock_check_destroy(&spin_kind, (const void *)lock, LOCK_PLACE);
	result = REAL(pthread_spin_destroy)(lock);
	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	/* Another process may initialise it again. */
	if (is_shared((const void *)lock))
		locks_destroy((const void *)lock);
	else
		graves_bury(self, (const void *)lock, TRACE_LOCK_spin, TRACE_ACT_spin_destroy,
			    stacks_at(self, CALL_SITE, CALL_FRAME));
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_spin_lock)
static __attribute__((noinline)) int lock_slowly(pthread_spinlock_t *lock, const void *site,
						 const void *frame)
{
	const struct acquire wanted = {(const void *)lock, site, frame, TRACE_OP_spin_lock};
	struct thread *known = thread_self();

	life_check_use(known, &wanted, TRACE_LOCK_spin);
	if (known && !known->busy)
		tree_prepare(known, &wanted, spin_taken(lock));
	if (spin_taken(lock))
		lock_check_acquire(&spin_kind, (const void *)lock, TRACE_OP_spin_lock,
				   (struct lock_place){site, frame});
	ACQUIRE_AT((const void *)lock, spin_lock, site, frame, spin_taken(lock), result == 0,
		   REAL(pthread_spin_lock)(lock));
}

int pthread_spin_lock(pthread_spinlock_t *lock)
{
	ACQUIRE_SURE((const void *)lock, spin_lock, spin_taken(lock),
		     lock_slowly(lock, CALL_SITE, CALL_FRAME), real_pthread_spin_lock(lock));
}

INTERPOSE(pthread_spin_trylock)
int pthread_spin_trylock(pthread_spinlock_t *lock)
{
	TRY_OR((const void *)lock, spin_trylock, result == 0, result == EBUSY,
	       REAL(pthread_spin_trylock)(lock));
}

INTERPOSE(pthread_spin_unlock)
static __attribute__((noinline)) int unlock_slowly(pthread_spinlock_t *lock, const void *site,
						   const void *frame)
{
	struct thread *self = thread_self();

	if (self && !tree_release(self, (const void *)lock))
		lock_check_unlock(&spin_kind, (const void *)lock, (struct lock_place){site, frame});
	return REAL(pthread_spin_unlock)(lock);
}

int pthread_spin_unlock(pthread_spinlock_t *lock)
{
	RELEASE_OFTEN((const void *)lock, unlock_slowly(lock, CALL_SITE, CALL_FRAME),
		      REAL(pthread_spin_unlock)(lock));
}
