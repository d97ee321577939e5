/*
 * Waiting for a condition, as far as the mutex is concerned: it is released, and acquired again at
 * the end, while outer locks stay held. When the waiter is cancelled the mutex is acquired again
 * before its clean-up handlers run, so ours, the innermost, records that.
 *
 * A wait that glibc refuses (a malformed time, an unknown clock) never releases the mutex: such
 * calls are forwarded untouched. On x86-64 the names without a version mean the interface of
 * glibc 2.3.2.
 */
#include "acquire.h"

#include <time.h>

struct reacquire {
	struct thread *self; /* NULL: nothing to record */
	struct acquire acquire;
};

static bool time_is_valid(const struct timespec *until)
{
	return until->tv_nsec >= 0 && until->tv_nsec < 1000000000;
}

static struct reacquire wait_release(struct acquire acquire)
{
	struct reacquire reacquire = {thread_self(), acquire};
	const pthread_mutex_t *mutex = acquire.lock;

	/* Entered more than once, it stays locked through the wait. Not ours: the wait will fail.
	 */
	if (reacquire.self &&
	    (mutex->__data.__count > 1 || !tree_release(reacquire.self, acquire.lock)))
		reacquire.self = NULL;
	return reacquire;
}

static void wait_reacquired(void *argument)
{
	const struct reacquire *reacquire = argument;

	if (reacquire->self)
		tree_acquire(reacquire->self, &reacquire->acquire, 0);
}

#define WAIT(mutex_, op_, call) \
	do { \
		struct acquire here = ACQUIRE_HERE(mutex_, op_); \
		struct reacquire reacquire = wait_release(here); \
		int result; \
		pthread_cleanup_push(wait_reacquired, &reacquire); \
		result = call; \
		pthread_cleanup_pop(1); \
		return result; \
	} while (0)

INTERPOSE_VERSIONED(pthread_cond_wait, "GLIBC_2.3.2")
int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
	WAIT(mutex, cond_wait, REAL(pthread_cond_wait)(cond, mutex));
}

INTERPOSE_VERSIONED(pthread_cond_timedwait, "GLIBC_2.3.2")
int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex,
			   const struct timespec *until)
{
	if (!time_is_valid(until))
		return REAL(pthread_cond_timedwait)(cond, mutex, until);
	WAIT(mutex, cond_timedwait, REAL(pthread_cond_timedwait)(cond, mutex, until));
}

INTERPOSE(pthread_cond_clockwait)
int pthread_cond_clockwait(pthread_cond_t *cond, pthread_mutex_t *mutex, clockid_t clock,
			   const struct timespec *until)
{
	if (!time_is_valid(until) || (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC))
		return REAL(pthread_cond_clockwait)(cond, mutex, clock, until);
	WAIT(mutex, cond_clockwait, REAL(pthread_cond_clockwait)(cond, mutex, clock, until));
}
