/*
 * The pthread_spin family.
 *
 * Facts used of glibc (2.3.4 to 2.41): a spin lock is one int. On x86 it is 1 while free, and the
 * lock call decrements it; elsewhere it is 0 while free.
 */
#include "acquire.h"

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

INTERPOSE(pthread_spin_init)
int pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
	int result = REAL(pthread_spin_init)(lock, shared);
	struct thread *self = thread_self();
	struct slow slow;

	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	locks_init(self, (const void *)lock, TRACE_LOCK_spin,
		   stacks_at(self, __builtin_return_address(0), __builtin_frame_address(0)));
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_spin_destroy)
int pthread_spin_destroy(pthread_spinlock_t *lock)
{
	int result = REAL(pthread_spin_destroy)(lock);
	struct thread *self = thread_self();
	struct slow slow;

	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	locks_destroy((const void *)lock);
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_spin_lock)
static __attribute__((noinline)) int lock_slowly(pthread_spinlock_t *lock, const void *site,
						 const void *frame)
{
	ACQUIRE_AT((const void *)lock, spin_lock, site, frame, spin_taken(lock), result == 0,
		   REAL(pthread_spin_lock)(lock));
}

int pthread_spin_lock(pthread_spinlock_t *lock)
{
	ACQUIRE_OFTEN((const void *)lock, spin_lock, spin_taken(lock),
		      lock_slowly(lock, __builtin_return_address(0), __builtin_frame_address(0)),
		      REAL(pthread_spin_lock)(lock));
}

INTERPOSE(pthread_spin_trylock)
int pthread_spin_trylock(pthread_spinlock_t *lock)
{
	TRY((const void *)lock, spin_trylock, result == 0, REAL(pthread_spin_trylock)(lock));
}

INTERPOSE(pthread_spin_unlock)
static __attribute__((noinline)) int unlock_slowly(pthread_spinlock_t *lock)
{
	RELEASE((const void *)lock, true, REAL(pthread_spin_unlock)(lock));
}

int pthread_spin_unlock(pthread_spinlock_t *lock)
{
	RELEASE_OFTEN((const void *)lock, unlock_slowly(lock), REAL(pthread_spin_unlock)(lock));
}
