/*
 * GLib's own locks: GMutex, GRecMutex, GRWLock, GCond.
 *
 * Nothing of GLib is needed to build or to load this: the prototypes are here, and locks are
 * opaque. Functions that return nothing are declared to return an int that nobody looks at, so that
 * the shapes of acquire.h fit; in every calling convention of Linux that is the same call.
 *
 * What is seen is what programs and libraries call. GLib binds its calls of its own functions when
 * it is built, so the locks of its main loop or GThreadPool are not seen; threads are, because they
 * are made with pthread_create.
 *
 * Facts used of GLib (2.44 to 2.84, on Linux): the first int of a GMutex is 0 while it is free, and
 * it is waited for with a futex; a GRecMutex or GRWLock starts with a pointer to the pthread mutex
 * or rwlock that does the work, NULL before its first use. That inner lock is hidden: while GLib
 * works on it the thread is THREAD_INNER, and only the lock that the program knows is recorded.
 */
#include "acquire.h"
#include "cond.h"
#include "cond_misuse.h"
#include "created.h"
#include "families.h"
#include "glib_misuse.h"
#include "mutex_misuse.h"
#include "wakes.h"

#include <pthread.h>

#define GLIB "libglib-2.0.so.0"

int g_mutex_init(void *mutex);
int g_mutex_clear(void *mutex);
void *g_mutex_new(void);
int g_mutex_free(void *mutex);
int g_mutex_lock(void *mutex);
int g_mutex_trylock(void *mutex);
int g_mutex_unlock(void *mutex);
int g_rec_mutex_init(void *mutex);
int g_rec_mutex_clear(void *mutex);
int g_rec_mutex_lock(void *mutex);
int g_rec_mutex_trylock(void *mutex);
int g_rec_mutex_unlock(void *mutex);
int g_rw_lock_init(void *lock);
int g_rw_lock_clear(void *lock);
int g_rw_lock_writer_lock(void *lock);
int g_rw_lock_writer_trylock(void *lock);
int g_rw_lock_writer_unlock(void *lock);
int g_rw_lock_reader_lock(void *lock);
int g_rw_lock_reader_trylock(void *lock);
int g_rw_lock_reader_unlock(void *lock);
int g_cond_init(void *cond);
int g_cond_clear(void *cond);
void *g_cond_new(void);
int g_cond_free(void *cond);
int g_cond_signal(void *cond);
int g_cond_broadcast(void *cond);
int g_cond_wait(void *cond, void *mutex);
int g_cond_wait_until(void *cond, void *mutex, int64_t end_time);
int g_cond_timed_wait(void *cond, void *mutex, void *end_time);

/* GMutex */

INTERPOSE_OF(g_mutex_init, GLIB)
int g_mutex_init(void *mutex)
{
	glib_check_init(mutex, CALL_SITE, CALL_FRAME);
	REAL(g_mutex_init)(mutex);
	lock_created(mutex, TRACE_LOCK_mutex, CALL_SITE, CALL_FRAME);
	return 0;
}

INTERPOSE_OF(g_mutex_clear, GLIB)
int g_mutex_clear(void *mutex)
{
	glib_check_clear(mutex, CALL_SITE, CALL_FRAME);
	REAL(g_mutex_clear)(mutex);
	lock_destroyed(mutex);
	return 0;
}

INTERPOSE_OF(g_mutex_new, GLIB)
void *g_mutex_new(void)
{
	void *mutex = REAL(g_mutex_new)();

	lock_created(mutex, TRACE_LOCK_mutex, CALL_SITE, CALL_FRAME);
	return mutex;
}

/* GLib may keep the memory for its next block of that size, so no free is seen. */
INTERPOSE_OF(g_mutex_free, GLIB)
int g_mutex_free(void *mutex)
{
	glib_check_clear(mutex, CALL_SITE, CALL_FRAME);
	lock_destroyed(mutex);
	return REAL(g_mutex_free)(mutex);
}

INTERPOSE_OF(g_mutex_lock, GLIB)
static __attribute__((noinline)) int lock_slowly(void *mutex, const void *site, const void *frame)
{
	if (glib_mutex_taken(mutex))
		glib_check_lock(thread_self(), mutex, site, frame);
	ACQUIRE_AT(mutex, g_mutex_lock, site, frame, glib_mutex_taken(mutex), true,
		   (REAL(g_mutex_lock)(mutex), 0));
}

int g_mutex_lock(void *mutex)
{
	ACQUIRE_OFTEN(mutex, g_mutex_lock, glib_mutex_taken(mutex),
		      lock_slowly(mutex, CALL_SITE, CALL_FRAME), (REAL(g_mutex_lock)(mutex), 0));
}

INTERPOSE_OF(g_mutex_trylock, GLIB)
int g_mutex_trylock(void *mutex)
{
	TRY(mutex, g_mutex_trylock, result, REAL(g_mutex_trylock)(mutex));
}

INTERPOSE_OF(g_mutex_unlock, GLIB)
static __attribute__((noinline)) int unlock_slowly(void *mutex, const void *site, const void *frame)
{
	struct thread *self = thread_self();

	if (self && !tree_release(self, mutex))
		glib_check_unlock(self, mutex, site, frame);
	return REAL(g_mutex_unlock)(mutex);
}

int g_mutex_unlock(void *mutex)
{
	RELEASE_OFTEN(mutex, unlock_slowly(mutex, CALL_SITE, CALL_FRAME),
		      REAL(g_mutex_unlock)(mutex));
}

/* What is inside of GRecMutex and GRWLock */

static inline uint32_t inner_begin(void)
{
	struct thread *self = current_thread;
	uint32_t busy = self ? self->busy : THREAD_IDLE;

	if (self) {
		self->busy = THREAD_INNER;
		self->busy_handlers = self->handler_count;
	}
	return busy;
}

static inline void inner_end(uint32_t busy)
{
	struct thread *self = current_thread;

	if (self)
		self->busy = busy;
}

/* Calls GLib; the lock that it takes or gives in there is not recorded. */
#define INNER(call) \
	({ \
		uint32_t inner_busy = inner_begin(); \
		int inner_result = call; \
		inner_end(inner_busy); \
		inner_result; \
	})

static inline const void *inner_of(const void *lock)
{
	return __atomic_load_n((const void *const *)lock, __ATOMIC_ACQUIRE);
}

/* GRecMutex */

uint16_t glib_recursive_flags(const void *lock)
{
	(void)lock;
	return TRACE_LOCK_RECURSIVE;
}

int glib_recursive_owner(const void *lock)
{
	const void *inner = inner_of(lock);

	/* The memory may be used for something else by now. */
	return inner && sys_readable(inner) ? mutex_owner(inner) : 0;
}

static bool recursive_taken(const void *mutex, const struct thread *self)
{
	const pthread_mutex_t *inner = inner_of(mutex);

	return inner && inner->__data.__lock != 0 && inner->__data.__owner != self->tid;
}

static bool recursive_is_of(const void *mutex, const struct thread *self)
{
	const pthread_mutex_t *inner = inner_of(mutex);

	return inner && inner->__data.__owner == self->tid;
}

/* Whether this thread, which is in the mutex, is in it once only. */
static bool recursive_once(const void *mutex)
{
	const pthread_mutex_t *inner = inner_of(mutex);

	return inner && inner->__data.__count <= 1;
}

INTERPOSE_OF(g_rec_mutex_init, GLIB)
int g_rec_mutex_init(void *mutex)
{
	INNER((REAL(g_rec_mutex_init)(mutex), 0));
	lock_created(mutex, TRACE_LOCK_mutex, CALL_SITE, CALL_FRAME);
	return 0;
}

INTERPOSE_OF(g_rec_mutex_clear, GLIB)
int g_rec_mutex_clear(void *mutex)
{
	lock_check_destroy(&glib_recursive_kind, mutex, LOCK_PLACE);
	INNER((REAL(g_rec_mutex_clear)(mutex), 0));
	lock_destroyed(mutex);
	return 0;
}

INTERPOSE_OF(g_rec_mutex_lock, GLIB)
static __attribute__((noinline)) int lock_recursive_slowly(void *mutex, const void *site,
							   const void *frame)
{
	ACQUIRE_AT(mutex, g_rec_mutex_lock, site, frame, recursive_taken(mutex, self),
		   recursive_once(mutex), INNER((REAL(g_rec_mutex_lock)(mutex), 0)));
}

/* In the usual case it is free, so this thread does not enter it again. */
int g_rec_mutex_lock(void *mutex)
{
	const pthread_mutex_t *inner = inner_of(mutex);

	ACQUIRE_OFTEN(mutex, g_rec_mutex_lock, !inner || inner->__data.__lock != 0,
		      lock_recursive_slowly(mutex, CALL_SITE, CALL_FRAME),
		      INNER((REAL(g_rec_mutex_lock)(mutex), 0)));
}

INTERPOSE_OF(g_rec_mutex_trylock, GLIB)
int g_rec_mutex_trylock(void *mutex)
{
	TRY(mutex, g_rec_mutex_trylock, result && recursive_once(mutex),
	    INNER(REAL(g_rec_mutex_trylock)(mutex)));
}

INTERPOSE_OF(g_rec_mutex_unlock, GLIB)
static __attribute__((noinline)) int unlock_recursive_slowly(void *mutex, struct lock_place place)
{
	struct thread *self = thread_self();

	if (self && !recursive_is_of(mutex, self))
		lock_check_unlock(&glib_recursive_kind, mutex, place);
	RELEASE(mutex, recursive_once(mutex), INNER((REAL(g_rec_mutex_unlock)(mutex), 0)));
}

int g_rec_mutex_unlock(void *mutex)
{
	if (unlikely(!recursive_once(mutex)))
		return unlock_recursive_slowly(mutex, LOCK_PLACE);
	RELEASE_OFTEN(mutex, unlock_recursive_slowly(mutex, LOCK_PLACE),
		      INNER((REAL(g_rec_mutex_unlock)(mutex), 0)));
}

/* GRWLock. Guesses only: what its inner lock means in detail stands in rwlock.c. */

static bool writer_inside(const void *lock)
{
	const pthread_rwlock_t *inner = inner_of(lock);

	return inner && inner->__data.__cur_writer != 0;
}

static bool anybody_inside(const void *lock)
{
	const pthread_rwlock_t *inner = inner_of(lock);

	return inner && (inner->__data.__cur_writer != 0 || inner->__data.__readers >> 3 != 0);
}

INTERPOSE_OF(g_rw_lock_init, GLIB)
int g_rw_lock_init(void *lock)
{
	INNER((REAL(g_rw_lock_init)(lock), 0));
	lock_created(lock, TRACE_LOCK_rwlock, CALL_SITE, CALL_FRAME);
	return 0;
}

INTERPOSE_OF(g_rw_lock_clear, GLIB)
int g_rw_lock_clear(void *lock)
{
	lock_check_destroy(&glib_read_write_kind, lock, LOCK_PLACE);
	INNER((REAL(g_rw_lock_clear)(lock), 0));
	lock_destroyed(lock);
	return 0;
}

INTERPOSE_OF(g_rw_lock_writer_lock, GLIB)
static __attribute__((noinline)) int write_slowly(void *lock, const void *site, const void *frame)
{
	ACQUIRE_AT(lock, g_rw_lock_writer_lock, site, frame, anybody_inside(lock), true,
		   INNER((REAL(g_rw_lock_writer_lock)(lock), 0)));
}

int g_rw_lock_writer_lock(void *lock)
{
	ACQUIRE_OFTEN(lock, g_rw_lock_writer_lock, anybody_inside(lock),
		      write_slowly(lock, CALL_SITE, CALL_FRAME),
		      INNER((REAL(g_rw_lock_writer_lock)(lock), 0)));
}

INTERPOSE_OF(g_rw_lock_writer_trylock, GLIB)
int g_rw_lock_writer_trylock(void *lock)
{
	TRY(lock, g_rw_lock_writer_trylock, result, INNER(REAL(g_rw_lock_writer_trylock)(lock)));
}

INTERPOSE_OF(g_rw_lock_writer_unlock, GLIB)
static __attribute__((noinline)) int unlock_writer_slowly(void *lock, struct lock_place place)
{
	struct thread *self = thread_self();

	if (self && !tree_release(self, lock))
		lock_check_unlock(&glib_read_write_kind, lock, place);
	return INNER((REAL(g_rw_lock_writer_unlock)(lock), 0));
}

int g_rw_lock_writer_unlock(void *lock)
{
	RELEASE_OFTEN(lock, unlock_writer_slowly(lock, LOCK_PLACE),
		      INNER((REAL(g_rw_lock_writer_unlock)(lock), 0)));
}

INTERPOSE_OF(g_rw_lock_reader_lock, GLIB)
static __attribute__((noinline)) int read_slowly(void *lock, const void *site, const void *frame)
{
	ACQUIRE_AT(lock, g_rw_lock_reader_lock, site, frame, writer_inside(lock), true,
		   INNER((REAL(g_rw_lock_reader_lock)(lock), 0)));
}

int g_rw_lock_reader_lock(void *lock)
{
	ACQUIRE_OFTEN(lock, g_rw_lock_reader_lock, writer_inside(lock),
		      read_slowly(lock, CALL_SITE, CALL_FRAME),
		      INNER((REAL(g_rw_lock_reader_lock)(lock), 0)));
}

INTERPOSE_OF(g_rw_lock_reader_trylock, GLIB)
int g_rw_lock_reader_trylock(void *lock)
{
	TRY(lock, g_rw_lock_reader_trylock, result, INNER(REAL(g_rw_lock_reader_trylock)(lock)));
}

INTERPOSE_OF(g_rw_lock_reader_unlock, GLIB)
static __attribute__((noinline)) int unlock_reader_slowly(void *lock, struct lock_place place)
{
	struct thread *self = thread_self();

	if (self && !tree_release(self, lock))
		lock_check_unlock(&glib_read_write_kind, lock, place);
	return INNER((REAL(g_rw_lock_reader_unlock)(lock), 0));
}

int g_rw_lock_reader_unlock(void *lock)
{
	RELEASE_OFTEN(lock, unlock_reader_slowly(lock, LOCK_PLACE),
		      INNER((REAL(g_rw_lock_reader_unlock)(lock), 0)));
}

INTERPOSE_OF(g_cond_init, GLIB)
int g_cond_init(void *cond)
{
	REAL(g_cond_init)(cond);
	lock_created(cond, TRACE_LOCK_condition, CALL_SITE, CALL_FRAME);
	return 0;
}

INTERPOSE_OF(g_cond_clear, GLIB)
int g_cond_clear(void *cond)
{
	REAL(g_cond_clear)(cond);
	lock_destroyed(cond);
	return 0;
}

INTERPOSE_OF(g_cond_new, GLIB)
void *g_cond_new(void)
{
	void *cond = REAL(g_cond_new)();

	lock_created(cond, TRACE_LOCK_condition, CALL_SITE, CALL_FRAME);
	return cond;
}

INTERPOSE_OF(g_cond_free, GLIB)
int g_cond_free(void *cond)
{
	lock_destroyed(cond);
	return REAL(g_cond_free)(cond);
}

INTERPOSE_OF(g_cond_signal, GLIB)
int g_cond_signal(void *cond)
{
	cond_signalled(cond, TRACE_OP_g_cond_signal, CALL_SITE, CALL_FRAME);
	cond_signals(cond, TRACE_OP_g_cond_signal, false, CALL_SITE, CALL_FRAME);
	WAKES_AFTER(cond, true, REAL(g_cond_signal)(cond));
}

INTERPOSE_OF(g_cond_broadcast, GLIB)
int g_cond_broadcast(void *cond)
{
	cond_signalled(cond, TRACE_OP_g_cond_broadcast, CALL_SITE, CALL_FRAME);
	cond_signals(cond, TRACE_OP_g_cond_broadcast, false, CALL_SITE, CALL_FRAME);
	WAKES_AFTER(cond, true, REAL(g_cond_broadcast)(cond));
}

/* GCond: waiting releases the mutex and takes it again. No point of cancellation. */

#define WAIT(cond_, mutex_, op_, again_, call) \
	do { \
		struct cond_wait wait = {.self = thread_self(), \
					 .again = ACQUIRE_HERE(mutex_, again_)}; \
		int result; \
		if (!wait.self) \
			return call; \
		wait.in_vain = cond_waits_again(wait.self, cond_, mutex_); \
		wait.released = tree_release(wait.self, mutex_); \
		if (unlikely(!wait.released)) \
			glib_check_wait(wait.self, cond_, TRACE_OP_##op_, &wait.again); \
		cond_bind(cond_, mutex_); \
		cond_wait_publish(&wait, cond_, TRACE_OP_##op_); \
		result = call; \
		wait.woken = true; \
		/* Who waits without having locked it has it all the same now. */ \
		wait.released = true; \
		cond_wait_over(&wait); \
		return result; \
	} while (0)

INTERPOSE_OF(g_cond_wait, GLIB)
int g_cond_wait(void *cond, void *mutex)
{
	WAIT(cond, mutex, g_cond, g_cond_wait, REAL(g_cond_wait)(cond, mutex));
}

INTERPOSE_OF(g_cond_wait_until, GLIB)
int g_cond_wait_until(void *cond, void *mutex, int64_t end_time)
{
	WAIT(cond, mutex, g_cond_until, g_cond_wait_until,
	     REAL(g_cond_wait_until)(cond, mutex, end_time));
}

INTERPOSE_OF(g_cond_timed_wait, GLIB)
int g_cond_timed_wait(void *cond, void *mutex, void *end_time)
{
	WAIT(cond, mutex, g_cond_timed, g_cond_timed_wait,
	     REAL(g_cond_timed_wait)(cond, mutex, end_time));
}
