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
#include "forked.h"
#include "lock_misuse.h"

#include <pthread.h>
#include <time.h>

enum {
	WRITE_PHASE = 1,
	WRITE_LOCKED = 2,
	READER_SHIFT = 3,
	MANY_READERS = 1 << 30, /* so many that one more may be too many (EAGAIN) */
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

struct lock_state rwlock_look(const void *lock)
{
	const pthread_rwlock_t *rwlock = lock;
	unsigned state = __atomic_load_n(&rwlock->__data.__readers, __ATOMIC_RELAXED);
	int writer = __atomic_load_n(&rwlock->__data.__cur_writer, __ATOMIC_RELAXED);

	if (state & WRITE_PHASE)
		return (struct lock_state){state & WRITE_LOCKED, writer, 0};
	/* Between the last reader and the writer it is the writer's. */
	if (state >> READER_SHIFT == 0)
		return (struct lock_state){state & WRITE_LOCKED, 0, 0};
	return (struct lock_state){false, 0, state >> READER_SHIFT};
}

static bool is_shared(const void *lock)
{
	return rwlock_flags(lock) & TRACE_LOCK_SHARED;
}

static const struct lock_kind rwlock_kind = {
	.look = rwlock_look,
	.shared = is_shared,
	.op = TRACE_OP_rwlock_wrlock,
	.init = TRACE_ACT_rwlock_init,
	.destroy = TRACE_ACT_rwlock_destroy,
	.unlock = TRACE_ACT_rwlock_unlock,
};

/* Before a read lock that may wait, as it does while somebody writes. */
static inline void check_read(const pthread_rwlock_t *lock, uint16_t op, struct lock_place place)
{
	const struct thread *self = current_thread;

	if (unlikely(lock->__data.__readers & WRITE_LOCKED &&
		     (forked_here() || (self && written_by(lock, self)))))
		lock_check_acquire(&rwlock_kind, lock, op, place);
}

/* Before a write lock that may wait. */
static inline void check_write(const pthread_rwlock_t *lock, uint16_t op, struct lock_place place)
{
	if (unlikely(lock->__data.__readers & ~WRITE_PHASE))
		lock_check_acquire(&rwlock_kind, lock, op, place);
}

INTERPOSE(pthread_rwlock_init)
int pthread_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes)
{
	struct thread *self = thread_self();
	struct slow slow;
	int result;

	lock_check_init(&rwlock_kind, lock, LOCK_PLACE);
	result = REAL(pthread_rwlock_init)(lock, attributes);
	if (result || !self || self->busy)
		return result;
	slow_begin(&slow, self);
	locks_init(self, lock, TRACE_LOCK_rwlock, stacks_at(self, CALL_SITE, CALL_FRAME));
	slow_end(&slow);
	return 0;
}

INTERPOSE(pthread_rwlock_destroy)
int pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
	struct thread *self = thread_self();
	struct slow slow;
	int result;

	lock_check_destroy(&rwlock_kind, lock, LOCK_PLACE);
	result = REAL(pthread_rwlock_destroy)(lock);
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
	check_read(lock, TRACE_OP_rwlock_rdlock, (struct lock_place){site, frame});
	ACQUIRE_AT(lock, rwlock_rdlock, site, frame, read_waits(lock, self), result == 0,
		   REAL(pthread_rwlock_rdlock)(lock));
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
	ACQUIRE_SURE(lock, rwlock_rdlock, lock->__data.__readers & (WRITE_LOCKED | MANY_READERS),
		     read_slowly(lock, CALL_SITE, CALL_FRAME), real_pthread_rwlock_rdlock(lock));
}

INTERPOSE(pthread_rwlock_wrlock)
static __attribute__((noinline)) int write_slowly(pthread_rwlock_t *lock, const void *site,
						  const void *frame)
{
	check_write(lock, TRACE_OP_rwlock_wrlock, (struct lock_place){site, frame});
	ACQUIRE_AT(lock, rwlock_wrlock, site, frame, write_waits(lock, self), result == 0,
		   REAL(pthread_rwlock_wrlock)(lock));
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
	ACQUIRE_SURE(lock, rwlock_wrlock, lock->__data.__readers & ~WRITE_PHASE,
		     write_slowly(lock, CALL_SITE, CALL_FRAME), real_pthread_rwlock_wrlock(lock));
}

INTERPOSE(pthread_rwlock_tryrdlock)
int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
	TRY_OR(lock, rwlock_tryrdlock, result == 0, result == EBUSY,
	       REAL(pthread_rwlock_tryrdlock)(lock));
}

INTERPOSE(pthread_rwlock_trywrlock)
int pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
	TRY_OR(lock, rwlock_trywrlock, result == 0, result == EBUSY,
	       REAL(pthread_rwlock_trywrlock)(lock));
}

INTERPOSE(pthread_rwlock_timedrdlock)
int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *until)
{
	check_read(lock, TRACE_OP_rwlock_timedrdlock, LOCK_PLACE);
	ACQUIRE(lock, rwlock_timedrdlock, read_waits(lock, self), result == 0,
		REAL(pthread_rwlock_timedrdlock)(lock, until));
}

INTERPOSE(pthread_rwlock_timedwrlock)
int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *until)
{
	check_write(lock, TRACE_OP_rwlock_timedwrlock, LOCK_PLACE);
	ACQUIRE(lock, rwlock_timedwrlock, write_waits(lock, self), result == 0,
		REAL(pthread_rwlock_timedwrlock)(lock, until));
}

INTERPOSE(pthread_rwlock_clockrdlock)
int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
			       const struct timespec *until)
{
	check_read(lock, TRACE_OP_rwlock_clockrdlock, LOCK_PLACE);
	ACQUIRE(lock, rwlock_clockrdlock, read_waits(lock, self), result == 0,
		REAL(pthread_rwlock_clockrdlock)(lock, clock, until));
}

INTERPOSE(pthread_rwlock_clockwrlock)
int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
			       const struct timespec *until)
{
	check_write(lock, TRACE_OP_rwlock_clockwrlock, LOCK_PLACE);
	ACQUIRE(lock, rwlock_clockwrlock, write_waits(lock, self), result == 0,
		REAL(pthread_rwlock_clockwrlock)(lock, clock, until));
}

INTERPOSE(pthread_rwlock_unlock)
static __attribute__((noinline)) int unlock_slowly(pthread_rwlock_t *lock, const void *site,
						   const void *frame)
{
	struct thread *self = thread_self();

	if (self && !tree_release(self, lock))
		lock_check_unlock(&rwlock_kind, lock, (struct lock_place){site, frame});
	return REAL(pthread_rwlock_unlock)(lock);
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
	RELEASE_OFTEN(lock, unlock_slowly(lock, CALL_SITE, CALL_FRAME),
		      REAL(pthread_rwlock_unlock)(lock));
}
