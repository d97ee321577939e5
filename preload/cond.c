/*
 * The pthread_cond family. On x86-64 the names without a version mean the interface of glibc 2.3.2,
 * and not the one before it, which other symbols of the same names still are.
 *
 * A mutex that is entered more than once (glibc's __count, see mutex.c) stays locked through the
 * wait.
 */
#include "cond.h"

#include "cond_misuse.h"
#include "created.h"
#include "families.h"
#include "wakes.h"

void cond_wait_publish(struct cond_wait *wait, const void *cond, uint16_t op)
{
	const struct acquire waits = {cond, wait->again.site, wait->again.frame, op};

	wait->node = thread_depth(wait->self) ? tree_wait(wait->self, &waits) : NULL;
	wait->cond = cond;
	wait->op = op;
	wait_enter(wait->self, wait->again.frame, &wait->outer);
	wait->begun = wait_begin_cond(wait->self, &wait->again, op, cond);
	wait->blocking = blocking_begin(wait->self);
}

void cond_wait_over(struct cond_wait *wait)
{
	uint64_t waited = wait_end(wait->self, wait->begun);

	wait->self->held->want = 0;
	tree_waited(wait->self, wait->node, waited);
	if (wait->woken && !op_is_timed(wait->op))
		cond_woken(wait->self, wait->cond, wait->op, wait->shared, wait->in_vain,
			   &wait->again);
	/* First: what was held before may be taken off now, and the mutex take its place. */
	blocking_end(&wait->blocking, blocking_wait_act(wait->again.op), wait->again.site,
		     wait->again.frame);
	if (wait->released)
		tree_acquire(wait->self, &wait->again, 0);
	if (wait->released && op_is_timed(wait->op))
		cond_looks(wait->self, wait->again.lock);
	wait_leave(wait->self, &wait->outer);
}

void cond_wait_begin(struct cond_wait *wait, const void *cond, uint16_t op, struct acquire again)
{
	const pthread_mutex_t *mutex = again.lock;
	struct thread *self = thread_self();

	*wait = (struct cond_wait){.self = self, .again = again};
	if (!self)
		return;
	wait->shared = cond_is_shared(cond);
	wait->in_vain = cond_waits_again(self, cond, mutex);
	/* Not ours: the wait will fail. */
	wait->released = mutex->__data.__count <= 1 && tree_release(self, mutex);
	cond_check_wait(self, cond, op, &again, wait->released);
	cond_wait_publish(wait, cond, op);
}

void cond_wait_end(void *argument)
{
	struct cond_wait *wait = argument;
	const pthread_mutex_t *mutex = wait->again.lock;
	struct thread *self = wait->self;

	if (!self)
		return;
	/* Who waits without having locked it has it all the same now. */
	if (mutex->__data.__owner == self->tid && mutex->__data.__count <= 1 &&
	    !tree_holds(self, mutex))
		wait->released = true;
	cond_wait_over(wait);
}

void cond_signalled_slowly(const void *cond, uint16_t op, const void *site, const void *frame)
{
	struct thread *self = thread_self();

	if (self)
		tree_give(self, &(struct acquire){cond, site, frame, op});
}

/* glibc since 2.25: the lowest bit of __wrefs. */
uint16_t cond_flags(const void *lock)
{
	const pthread_cond_t *cond = lock;

	return cond->__data.__wrefs & 1 ? TRACE_LOCK_SHARED : 0;
}

INTERPOSE_VERSIONED(pthread_cond_init, "GLIBC_2.3.2")
int pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attributes)
{
	int result = REAL(pthread_cond_init)(cond, attributes);

	if (result == 0)
		lock_created_of(cond, TRACE_LOCK_condition, 0, TRACE_ACT_cond_init, CALL_SITE,
				CALL_FRAME);
	return result;
}

INTERPOSE_VERSIONED(pthread_cond_destroy, "GLIBC_2.3.2")
int pthread_cond_destroy(pthread_cond_t *cond)
{
	int result;

	cond_check_destroy(cond, TRACE_ACT_cond_destroy, CALL_SITE, CALL_FRAME);
	result = REAL(pthread_cond_destroy)(cond);
	if (result == 0)
		cond_over(cond, TRACE_ACT_cond_destroy, CALL_SITE, CALL_FRAME);
	return result;
}

INTERPOSE_VERSIONED(pthread_cond_signal, "GLIBC_2.3.2")
int pthread_cond_signal(pthread_cond_t *cond)
{
	cond_check_signal(cond, TRACE_ACT_cond_signal, CALL_SITE, CALL_FRAME);
	cond_signalled(cond, TRACE_OP_cond_signal, CALL_SITE, CALL_FRAME);
	cond_signals(cond, TRACE_ACT_cond_signal, cond_is_shared(cond), CALL_SITE, CALL_FRAME);
	WAKES_AFTER(cond, cond_is_waited_for(cond), REAL(pthread_cond_signal)(cond));
}

INTERPOSE_VERSIONED(pthread_cond_broadcast, "GLIBC_2.3.2")
int pthread_cond_broadcast(pthread_cond_t *cond)
{
	cond_check_signal(cond, TRACE_ACT_cond_broadcast, CALL_SITE, CALL_FRAME);
	cond_signalled(cond, TRACE_OP_cond_broadcast, CALL_SITE, CALL_FRAME);
	cond_signals(cond, TRACE_ACT_cond_broadcast, cond_is_shared(cond), CALL_SITE, CALL_FRAME);
	WAKES_AFTER(cond, cond_is_waited_for(cond), REAL(pthread_cond_broadcast)(cond));
}

INTERPOSE_VERSIONED(pthread_cond_wait, "GLIBC_2.3.2")
int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
	COND_WAIT(cond, mutex, cond, cond_wait, REAL(pthread_cond_wait)(cond, mutex));
}

INTERPOSE_VERSIONED(pthread_cond_timedwait, "GLIBC_2.3.2")
int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
			   const struct timespec *until)
{
	if (!time_is_valid(until))
		return REAL(pthread_cond_timedwait)(cond, mutex, until);
	COND_WAIT(cond, mutex, cond_timed, cond_timedwait,
		  REAL(pthread_cond_timedwait)(cond, mutex, until));
}

INTERPOSE(pthread_cond_clockwait)
int pthread_cond_clockwait(pthread_cond_t *cond, pthread_mutex_t *mutex, clockid_t clock,
			   const struct timespec *until)
{
	if (!time_is_valid(until) || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
		return REAL(pthread_cond_clockwait)(cond, mutex, clock, until);
	COND_WAIT(cond, mutex, cond_clock, cond_clockwait,
		  REAL(pthread_cond_clockwait)(cond, mutex, clock, until));
}
