/*
 * The pthread_rwlock family. Every read lock is a hold of its own, also when the thread reads
 * already; an unlock gives back the newest hold.
 *
 * Facts used of glibc (2.25 to 2.41, part of its ABI through PTHREAD_RWLOCK_INITIALIZER): bit 0 of
 * __readers is set in a write phase, bit 1 while a writer holds the lock or waits for its last
 * readers to leave, and from bit 3 on it counts readers; __cur_writer is the kernel id of the
 * writer, who is refused at once (EDEADLK) when it comes again; __flags is the kind. In a read
 * phase a reader waits only if the kind is PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP, others
 * read and a writer waits. PTHREAD_RWLOCK_PREFER_WRITER_NP prefers the next writer to readers that
 * wait already, and lets readers into a read phase like the default kind.
 */
#include "acquire.h"
#include "families.h"

#include <pthread.h>
#include <time.h>

enum {
	WRITE_PHASE = 1,
	WRITE_LOCKED = 2,
	READER_SHIFT = 3,
};

uint16_t rwlock_flags(const void *lock)
{
	const pthread_rwlock_t *rwlock = lock;
	uint16_t flags = 0;

	if (rwlock->__data.__flags == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP)
		flags |= TRACE_LOCK_WRITER_FIRST;
	if (rwlock->__data.__shared)
		flags |= TRACE_LOCK_SHARED;
	return flags;
}

static inline bool written_by(const pthread_rwlock_t *lock, const struct thread *self)
{
	return lock->__data.__cur_writer == self->tid;
}

/* Whether a reader will have to wait. */
static bool read_waits(const pthread_rwlock_t *lock, const struct thread *self)
{
	unsigned state = lock->__data.__readers;

	if (!(state & WRITE_LOCKED) || written_by(lock, self))
		return false;
	return state & WRITE_PHASE ||
	       (state >> READER_SHIFT &&
		lock->__data.__flags == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
}

/* Whether a writer will have to wait. */
static bool write_waits(const pthread_rwlock_t *lock, const struct thread *self)
{
	unsigned state = lock->__data.__readers;

	if (written_by(lock, self))
		return false;
	return state & WRITE_LOCKED || (!(state & WRITE_PHASE) && state >> READER_SHIFT);
}

INTERPOSE(pthread_rwlock_init)
int pthread_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes)
{
	int result = REAL(pthread_rwlock_init)(lock, attributes);
	struct thread *self = thread_self();
	struct slow slow;

	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	locks_init(self, lock, TRACE_LOCK_rwlock,
		   stacks_at(self, __builtin_return_address(0), __builtin_frame_address(0)));
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_rwlock_destroy)
int pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
	int result = REAL(pthread_rwlock_destroy)(lock);
	struct thread *self = thread_self();
	struct slow slow;

	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	locks_destroy(lock);
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_rwlock_rdlock)
static __attribute__((noinline)) int read_slowly(pthread_rwlock_t *lock, const void *site,
						 const void *frame)
{
	ACQUIRE_AT(lock, rwlock_rdlock, site, frame, read_waits(lock, self), result == 0,
		   REAL(pthread_rwlock_rdlock)(lock));
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
	ACQUIRE_OFTEN(lock, rwlock_rdlock, lock->__data.__readers & WRITE_LOCKED,
		      read_slowly(lock, __builtin_return_address(0), __builtin_frame_address(0)),
		      REAL(pthread_rwlock_rdlock)(lock));
}

INTERPOSE(pthread_rwlock_wrlock)
static __attribute__((noinline)) int write_slowly(pthread_rwlock_t *lock, const void *site,
						  const void *frame)
{
	ACQUIRE_AT(lock, rwlock_wrlock, site, frame, write_waits(lock, self), result == 0,
		   REAL(pthread_rwlock_wrlock)(lock));
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
	ACQUIRE_OFTEN(lock, rwlock_wrlock, lock->__data.__readers & ~WRITE_PHASE,
		      write_slowly(lock, __builtin_return_address(0), __builtin_frame_address(0)),
		      REAL(pthread_rwlock_wrlock)(lock));
}

INTERPOSE(pthread_rwlock_tryrdlock)
int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
	TRY(lock, rwlock_tryrdlock, result == 0, REAL(pthread_rwlock_tryrdlock)(lock));
}

INTERPOSE(pthread_rwlock_trywrlock)
int pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
	TRY(lock, rwlock_trywrlock, result == 0, REAL(pthread_rwlock_trywrlock)(lock));
}

INTERPOSE(pthread_rwlock_timedrdlock)
int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *until)
{
	ACQUIRE(lock, rwlock_timedrdlock, read_waits(lock, self), result == 0,
		REAL(pthread_rwlock_timedrdlock)(lock, until));
}

INTERPOSE(pthread_rwlock_timedwrlock)
int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *until)
{
	ACQUIRE(lock, rwlock_timedwrlock, write_waits(lock, self), result == 0,
		REAL(pthread_rwlock_timedwrlock)(lock, until));
}

INTERPOSE(pthread_rwlock_clockrdlock)
int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
			       const struct timespec *until)
{
	ACQUIRE(lock, rwlock_clockrdlock, read_waits(lock, self), result == 0,
		REAL(pthread_rwlock_clockrdlock)(lock, clock, until));
}

INTERPOSE(pthread_rwlock_clockwrlock)
int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
			       const struct timespec *until)
{
	ACQUIRE(lock, rwlock_clockwrlock, write_waits(lock, self), result == 0,
		REAL(pthread_rwlock_clockwrlock)(lock, clock, until));
}

INTERPOSE(pthread_rwlock_unlock)
static __attribute__((noinline)) int unlock_slowly(pthread_rwlock_t *lock)
{
	RELEASE(lock, true, REAL(pthread_rwlock_unlock)(lock));
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
	RELEASE_OFTEN(lock, unlock_slowly(lock), REAL(pthread_rwlock_unlock)(lock));
}
