/*
 * The pthread_barrier family: a thread waits until as many are there as the barrier was made for;
 * nothing is held afterwards. The thread that comes last does not wait; it is the one that is told
 * PTHREAD_BARRIER_SERIAL_THREAD (glibc 2.4 to 2.36).
 */
#include "acquire.h"
#include "created.h"

INTERPOSE(pthread_barrier_init)
int pthread_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attributes,
			 unsigned count)
{
	int result = REAL(pthread_barrier_init)(barrier, attributes, count);

	if (result == 0)
		lock_created(barrier, TRACE_LOCK_barrier, CALL_SITE, CALL_FRAME);
	return result;
}

INTERPOSE(pthread_barrier_destroy)
int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	int result = REAL(pthread_barrier_destroy)(barrier);

	if (result == 0)
		lock_destroyed(barrier);
	return result;
}

/* Recorded first: when it is over another thread may have destroyed it. */
INTERPOSE(pthread_barrier_wait)
int pthread_barrier_wait(pthread_barrier_t *barrier)
{
	const struct acquire acquire = ACQUIRE_HERE(barrier, barrier_wait);
	struct thread *self = thread_self();
	struct trace_node *node;
	uint64_t begun, waited;
	int result;

	if (!self)
		return REAL(pthread_barrier_wait)(barrier);
	node = tree_wait(self, &acquire);
	self->held->want = 0;
	begun = wait_begin(self, &acquire);
	self->held->want = (uintptr_t)barrier;
	result = REAL(pthread_barrier_wait)(barrier);
	waited = wait_end(self, begun);
	self->held->want = 0;
	tree_waited(self, node, result == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : waited);
	return result;
}
