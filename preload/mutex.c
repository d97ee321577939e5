/*
 * The pthread_mutex family.
 *
 * Facts used of glibc (2.1 to 2.36, part of its ABI through PTHREAD_MUTEX_INITIALIZER): __lock is 0
 * while the mutex is free; __owner is the kernel id of the owner; __count is above 1 only while a
 * recursive mutex is entered more than once; the low bits of __kind are the type.
 */
#include "mutex.h"
#include "acquire.h"
#include "families.h"

#include <time.h>

uint16_t mutex_flags(const void *lock)
{
	int kind = ((const pthread_mutex_t *)lock)->__data.__kind;
	uint16_t flags = 0;

	if ((kind & MUTEX_TYPE) == PTHREAD_MUTEX_RECURSIVE)
		flags |= TRACE_LOCK_RECURSIVE;
	if ((kind & MUTEX_TYPE) == PTHREAD_MUTEX_ERRORCHECK)
		flags |= TRACE_LOCK_ERRORCHECK;
	if (kind & MUTEX_ROBUST)
		flags |= TRACE_LOCK_ROBUST;
	if (kind & MUTEX_SHARED)
		flags |= TRACE_LOCK_SHARED;
	return flags;
}

INTERPOSE(pthread_mutex_init)
int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	int result = REAL(pthread_mutex_init)(mutex, attributes);
	struct thread *self = thread_self();
	struct slow slow;

	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	locks_init(self, mutex, TRACE_LOCK_mutex,
		   stacks_at(self, __builtin_return_address(0), __builtin_frame_address(0)));
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_mutex_destroy)
int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	int result = REAL(pthread_mutex_destroy)(mutex);
	struct thread *self = thread_self();
	struct slow slow;

	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	locks_destroy(mutex);
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_mutex_lock)
static __attribute__((noinline)) int lock_slowly(pthread_mutex_t *mutex, const void *site,
						 const void *frame)
{
	ACQUIRE_AT(mutex, mutex_lock, site, frame, mutex_taken(mutex, self),
		   mutex_got(mutex, result), REAL(pthread_mutex_lock)(mutex));
}

static __attribute__((noinline)) int locked_slowly(pthread_mutex_t *mutex, const void *site,
						   const void *frame, int result)
{
	const struct acquire acquire = {mutex, site, frame, TRACE_OP_mutex_lock};

	if (mutex_got(mutex, result))
		tree_acquire(current_thread, &acquire, 0);
	else
		current_thread->held->want = 0;
	return result;
}

/* A function of its own: it needs no register to survive a call, so nothing is saved. */
static __attribute__((noinline)) int locked(struct thread *self, pthread_mutex_t *mutex,
					    const void *site, const void *frame)
{
	if (likely(tree_acquire_fast(self, mutex, site, frame, TRACE_OP_mutex_lock)))
		return 0;
	return locked_slowly(mutex, site, frame, 0);
}

/* Whether this thread is in the mutex already and may enter again: nothing new is acquired. */
static inline bool mutex_entered(const pthread_mutex_t *mutex, const struct thread *self)
{
	return mutex->__data.__owner == self->tid &&
	       (mutex->__data.__kind & MUTEX_TYPE) == PTHREAD_MUTEX_RECURSIVE;
}

/*
 * The call that all others are measured by: as little as possible is kept across the real one, and
 * every unusual case is a tail call. A free mutex and success are the common case.
 */
int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	struct thread *self = current_thread;
	int result;

	if (unlikely(!self))
		return lock_slowly(mutex, __builtin_return_address(0), __builtin_frame_address(0));
	if (unlikely(mutex->__data.__lock != 0)) {
		if (mutex_entered(mutex, self))
			return REAL(pthread_mutex_lock)(mutex);
		return lock_slowly(mutex, __builtin_return_address(0), __builtin_frame_address(0));
	}
	self->held->want = (uintptr_t)mutex;
	result = REAL(pthread_mutex_lock)(mutex);
	if (likely(result == 0 && mutex->__data.__count <= 1))
		return locked(self, mutex, __builtin_return_address(0), __builtin_frame_address(0));
	return locked_slowly(mutex, __builtin_return_address(0), __builtin_frame_address(0),
			     result);
}

INTERPOSE(pthread_mutex_trylock)
int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	TRY(mutex, mutex_trylock, mutex_got(mutex, result), REAL(pthread_mutex_trylock)(mutex));
}

INTERPOSE(pthread_mutex_timedlock)
int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until)
{
	ACQUIRE(mutex, mutex_timedlock, mutex_taken(mutex, self), mutex_got(mutex, result),
		REAL(pthread_mutex_timedlock)(mutex, until));
}

INTERPOSE(pthread_mutex_clocklock)
int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until)
{
	ACQUIRE(mutex, mutex_clocklock, mutex_taken(mutex, self), mutex_got(mutex, result),
		REAL(pthread_mutex_clocklock)(mutex, clock, until));
}

INTERPOSE(pthread_mutex_unlock)
/* Reached by a tail call: its caller is the interposer's, and that one needs no frame. */
static __attribute__((noinline)) int unlock_slowly(pthread_mutex_t *mutex)
{
	struct thread *self = thread_self();

	if (self && mutex->__data.__count <= 1 && !tree_release(self, mutex))
		mutex_check_unlock(self, mutex, __builtin_return_address(0),
				   __builtin_frame_address(0));
	return REAL(pthread_mutex_unlock)(mutex);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	struct thread *self = current_thread;

	/* A recursive mutex that stays entered. */
	if (unlikely(mutex->__data.__count > 1))
		return REAL(pthread_mutex_unlock)(mutex);
	if (unlikely(!self || !tree_release_top(self, mutex)))
		return unlock_slowly(mutex);
	return REAL(pthread_mutex_unlock)(mutex);
}

/*
 * Nothing to record: the owner stays the owner. It is here so that the family is whole, which a
 * test checks against the C library's list.
 */
INTERPOSE(pthread_mutex_consistent)
int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	return REAL(pthread_mutex_consistent)(mutex);
}
