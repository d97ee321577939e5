/*
 * C11 threads. glibc's own (2.28 and later) are its pthread functions under other names, called
 * inside the library where nobody can stand in front of them. mtx_t is a pthread_mutex_t, cnd_t a
 * pthread_cond_t, thrd_t a pthread_t, and success is 0.
 */
#include "cond.h"
#include "cond_misuse.h"
#include "created.h"
#include "join.h"
#include "mutex.h"
#include "thread.h"
#include "wakes.h"

#include <threads.h>

static const pthread_mutex_t *mutex_of(const mtx_t *mutex)
{
	return (const pthread_mutex_t *)mutex;
}

/* Recorded first, as for pthread_mutex_init. */
INTERPOSE(mtx_init)
int mtx_init(mtx_t *mutex, int type)
{
	mutex_began(mutex_of(mutex), TRACE_ACT_mtx_init, CALL_SITE, CALL_FRAME);
	return REAL(mtx_init)(mutex, type);
}

/* One that is held stays what it was, which nobody is told. */
INTERPOSE(mtx_destroy)
void mtx_destroy(mtx_t *mutex)
{
	mutex_ends(mutex_of(mutex), TRACE_ACT_mtx_destroy, CALL_SITE, CALL_FRAME);
	REAL(mtx_destroy)(mutex);
}

/* Of a mutex that is not free, or destroyed. */
static __attribute__((noinline)) void check_lock(const mtx_t *mutex, uint16_t op, const void *site,
						 const void *frame)
{
	struct thread *self = thread_self();

	if (self)
		mutex_check_lock(self, mutex_of(mutex), op, site, frame);
}

INTERPOSE(mtx_lock)
int mtx_lock(mtx_t *mutex)
{
	if (unlikely(mutex_of(mutex)->__data.__lock || mutex_of(mutex)->__data.__kind < 0))
		check_lock(mutex, TRACE_OP_mtx_lock, CALL_SITE, CALL_FRAME);
	ACQUIRE(mutex, mtx_lock, mutex_taken(mutex_of(mutex), self),
		mutex_got(mutex_of(mutex), result), REAL(mtx_lock)(mutex));
}

INTERPOSE(mtx_trylock)
int mtx_trylock(mtx_t *mutex)
{
	if (unlikely(mutex_of(mutex)->__data.__kind < 0)) {
		check_lock(mutex, TRACE_OP_mtx_trylock, CALL_SITE, CALL_FRAME);
		return REAL(mtx_trylock)(mutex);
	}
	TRY_OR(mutex, mtx_trylock, mutex_got(mutex_of(mutex), result), result == thrd_busy,
	       REAL(mtx_trylock)(mutex));
}

INTERPOSE(mtx_timedlock)
int mtx_timedlock(mtx_t *mutex, const struct timespec *until)
{
	if (unlikely(mutex_of(mutex)->__data.__kind < 0))
		check_lock(mutex, TRACE_OP_mtx_timedlock, CALL_SITE, CALL_FRAME);
	ACQUIRE(mutex, mtx_timedlock, mutex_taken(mutex_of(mutex), self),
		mutex_got(mutex_of(mutex), result), REAL(mtx_timedlock)(mutex, until));
}

INTERPOSE(mtx_unlock)
int mtx_unlock(mtx_t *mutex)
{
	struct thread *self = thread_self();

	if (self && mutex_of(mutex)->__data.__count <= 1 && !tree_release(self, mutex))
		mutex_check_unlock(self, mutex_of(mutex), TRACE_ACT_mtx_unlock, CALL_SITE,
				   CALL_FRAME);
	return REAL(mtx_unlock)(mutex);
}

INTERPOSE(cnd_init)
int cnd_init(cnd_t *cond)
{
	int result = REAL(cnd_init)(cond);

	if (result == thrd_success)
		lock_created_of(cond, TRACE_LOCK_condition, 0, TRACE_ACT_cnd_init, CALL_SITE,
				CALL_FRAME);
	return result;
}

INTERPOSE(cnd_destroy)
void cnd_destroy(cnd_t *cond)
{
	cond_check_destroy(cond, TRACE_ACT_cnd_destroy, CALL_SITE, CALL_FRAME);
	REAL(cnd_destroy)(cond);
	cond_over(cond, TRACE_ACT_cnd_destroy, CALL_SITE, CALL_FRAME);
}

INTERPOSE(cnd_signal)
int cnd_signal(cnd_t *cond)
{
	cond_check_signal(cond, TRACE_ACT_cnd_signal, CALL_SITE, CALL_FRAME);
	cond_signalled(cond, TRACE_OP_cnd_signal, CALL_SITE, CALL_FRAME);
	cond_signals(cond, TRACE_ACT_cnd_signal, false, CALL_SITE, CALL_FRAME);
	WAKES_AFTER(cond, cond_is_waited_for(cond), REAL(cnd_signal)(cond));
}

INTERPOSE(cnd_broadcast)
int cnd_broadcast(cnd_t *cond)
{
	cond_check_signal(cond, TRACE_ACT_cnd_broadcast, CALL_SITE, CALL_FRAME);
	cond_signalled(cond, TRACE_OP_cnd_broadcast, CALL_SITE, CALL_FRAME);
	cond_signals(cond, TRACE_ACT_cnd_broadcast, false, CALL_SITE, CALL_FRAME);
	WAKES_AFTER(cond, cond_is_waited_for(cond), REAL(cnd_broadcast)(cond));
}

INTERPOSE(cnd_wait)
int cnd_wait(cnd_t *cond, mtx_t *mutex)
{
	COND_WAIT(cond, mutex, cnd, cnd_wait, REAL(cnd_wait)(cond, mutex));
}

INTERPOSE(cnd_timedwait)
int cnd_timedwait(cnd_t *restrict cond, mtx_t *restrict mutex,
		  const struct timespec *restrict until)
{
	if (!time_is_valid(until))
		return REAL(cnd_timedwait)(cond, mutex, until);
	COND_WAIT(cond, mutex, cnd_timed, cnd_timedwait, REAL(cnd_timedwait)(cond, mutex, until));
}

/* First in the new thread. What the routine returns is an int: thrd_join's. */
static int trampoline(void *argument)
{
	struct thread *self = argument;
	thrd_start_t start = (thrd_start_t)(void (*)(void))self->start;
	void *start_argument = self->argument;

	thread_adopt(self);
	return start(start_argument);
}

INTERPOSE(thrd_create)
int thrd_create(thrd_t *handle, thrd_start_t routine, void *argument)
{
	void *(*start)(void *) = (void *(*)(void *))(void (*)(void))routine;
	struct creation creation;
	int result;

	if (!creation_begin(&creation, NULL, start, argument, CALL_SITE, CALL_FRAME))
		return REAL(thrd_create)(handle, routine, argument);
	result = REAL(thrd_create)(handle, trampoline, creation.child);
	creation_end(&creation, start, result, handle);
	return result;
}

INTERPOSE(thrd_join)
int thrd_join(thrd_t handle, int *value)
{
	JOIN(handle, thrd_join, false, REAL(thrd_join)(handle, value));
}

INTERPOSE(thrd_detach)
int thrd_detach(thrd_t handle)
{
	GIVE_UP(handle, TRACE_ACT_thrd_detach, false, REAL(thrd_detach)(handle));
}
