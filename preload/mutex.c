/*
 * The pthread_mutex family.
 *
 * Facts used of glibc (2.1 to 2.36, part of its ABI through PTHREAD_MUTEX_INITIALIZER): __lock is 0
 * while the mutex is free; __owner is the kernel id of the owner; __count is above 1 only while a
 * recursive mutex is entered more than once; the low bits of __kind are the type, and locking a
 * mutex that its caller does not own fails only for the kinds of MUTEX_MAY_FAIL.
 */
#include "mutex.h"
#include "acquire.h"
#include "families.h"

#include <time.h>

enum {
	MUTEX_MAY_FAIL = 16 | 32 | 64, /* robust, priority-inheriting, priority-protected */
};

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

/* Recorded first: what the memory says of the lock that was there is gone afterwards. */
INTERPOSE(pthread_mutex_init)
int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
	mutex_began(mutex, TRACE_ACT_mutex_init, CALL_SITE, CALL_FRAME);
	return REAL(pthread_mutex_init)(mutex, attributes);
}

INTERPOSE(pthread_mutex_destroy)
int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	const void *site = CALL_SITE, *frame = CALL_FRAME;
	bool ended = mutex_ends(mutex, TRACE_ACT_mutex_destroy, site, frame);
	int result = REAL(pthread_mutex_destroy)(mutex);

	if (result == 0 && !ended)
		mutex_ended(mutex, TRACE_ACT_mutex_destroy, site, frame);
	return result;
}

/* Whether this thread is in the mutex already and may enter again: nothing new is acquired. */
static inline bool mutex_entered(const pthread_mutex_t *mutex, const struct thread *self)
{
	return mutex->__data.__lock != 0 && mutex->__data.__owner == self->tid &&
	       (mutex->__data.__kind & MUTEX_TYPE) == PTHREAD_MUTEX_RECURSIVE;
}

INTERPOSE(pthread_mutex_lock)
static __attribute__((noinline)) int lock_slowly(pthread_mutex_t *mutex, const void *site,
						 const void *frame)
{
	struct thread *known = thread_self();

	if (known)
		mutex_check_lock(known, mutex, TRACE_OP_mutex_lock, site, frame);
	ACQUIRE_AT(mutex, mutex_lock, site, frame, mutex_taken(mutex, self),
		   mutex_got(mutex, result), REAL(pthread_mutex_lock)(mutex));
}

/* A free mutex of a plain kind is sure to be got. */
static inline bool mutex_unsure(const pthread_mutex_t *mutex)
{
	return mutex->__data.__lock != 0 || (mutex->__data.__kind & MUTEX_MAY_FAIL);
}

/* On the way to lock_slowly: a recursive mutex that is entered again, a situation that is rare. */
OFTEN static __attribute__((noinline)) int lock_unusual(pthread_mutex_t *mutex, const void *site,
							const void *frame)
{
	struct thread *self = current_thread;

	if (unlikely(!self || !real_pthread_mutex_lock))
		return lock_slowly(mutex, site, frame);
	if (mutex_entered(mutex, self) ||
	    (!mutex_unsure(mutex) &&
	     tree_acquire_known(self, mutex, site, frame, TRACE_OP_mutex_lock)))
		return real_pthread_mutex_lock(mutex);
	return lock_slowly(mutex, site, frame);
}

/* The call that all others are measured by. */
OFTEN int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	ACQUIRE_SURE(mutex, mutex_lock, mutex_unsure(mutex),
		     lock_unusual(mutex, CALL_SITE, CALL_FRAME), real_pthread_mutex_lock(mutex));
}

/* Of a call that did not return 0: whether the mutex was got nevertheless. */
static __attribute__((noinline)) bool got_otherwise(pthread_mutex_t *mutex, uint16_t op, int result,
						    const void *site, const void *frame)
{
	if (result == EINVAL && current_thread)
		mutex_check_lock(current_thread, mutex, op, site, frame);
	return mutex_got(mutex, result);
}

#define MUTEX_GOT(mutex_, op_) \
	(likely(result == 0) \
		 ? mutex_got(mutex_, 0) \
		 : got_otherwise(mutex_, TRACE_OP_##op_, result, CALL_SITE, CALL_FRAME))

INTERPOSE(pthread_mutex_trylock)
/* It will not be got, and has no record to be made ready. */
static __attribute__((noinline)) int try_destroyed(pthread_mutex_t *mutex, const void *site,
						   const void *frame)
{
	int result = REAL(pthread_mutex_trylock)(mutex);

	got_otherwise(mutex, TRACE_OP_mutex_trylock, result, site, frame);
	return result;
}

OFTEN int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	if (unlikely(mutex->__data.__kind < 0))
		return try_destroyed(mutex, CALL_SITE, CALL_FRAME);
	TRY_OR(mutex, mutex_trylock, MUTEX_GOT(mutex, mutex_trylock), result == EBUSY,
	       REAL(pthread_mutex_trylock)(mutex));
}

INTERPOSE(pthread_mutex_timedlock)
int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *until)
{
	ACQUIRE(mutex, mutex_timedlock, mutex_taken(mutex, self), MUTEX_GOT(mutex, mutex_timedlock),
		REAL(pthread_mutex_timedlock)(mutex, until));
}

INTERPOSE(pthread_mutex_clocklock)
int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until)
{
	ACQUIRE(mutex, mutex_clocklock, mutex_taken(mutex, self), MUTEX_GOT(mutex, mutex_clocklock),
		REAL(pthread_mutex_clocklock)(mutex, clock, until));
}

INTERPOSE(pthread_mutex_unlock)
/* Reached by a tail call: its caller is the interposer's, and that one needs no frame. */
static __attribute__((noinline)) int unlock_slowly(pthread_mutex_t *mutex)
{
	struct thread *self = thread_self();

	if (self && mutex->__data.__count <= 1 && !tree_release(self, mutex))
		mutex_check_unlock(self, mutex, TRACE_ACT_mutex_unlock, CALL_SITE, CALL_FRAME);
	return REAL(pthread_mutex_unlock)(mutex);
}

/* A recursive mutex that stays entered. */
static __attribute__((noinline)) int unlock_entered(pthread_mutex_t *mutex)
{
	return REAL(pthread_mutex_unlock)(mutex);
}

static int unlock_first(pthread_mutex_t *mutex);

/* The real unlock, without a question on the way whether it is known. */
static __typeof__(pthread_mutex_unlock) *unlock_known = unlock_first;

static int unlock_first(pthread_mutex_t *mutex)
{
	unlock_known = &REAL(pthread_mutex_unlock);
	return unlock_known(mutex);
}

OFTEN int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	struct thread *self = current_thread;

	if (unlikely(mutex->__data.__count > 1))
		return unlock_entered(mutex);
	if (unlikely(!self || !tree_release_top(self, mutex)))
		return unlock_slowly(mutex);
	return unlock_known(mutex);
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
