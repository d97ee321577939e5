/*
 * The semaphore family, in use: taken, tried and posted. (Made and ended: semaphore_life.c.)
 *
 * A semaphore that starts at 1 and is posted by the thread that took it is used as a lock, and is
 * recorded as one: an entry on the held stack. A post by any other thread, or a second take by the
 * thread that holds it, proves that it is none; from then on it only orders, and nothing is held.
 * So do, from the start, semaphores that do not start at 1.
 *
 * Facts used of glibc (2.21 to 2.36), besides semaphore_memory.h: sem_wait, sem_timedwait and
 * sem_clockwait are cancellation points even when they need not wait. All names without a version
 * mean the newest interface; since 2.1 there is no other.
 */
#include "acquire.h"
#include "cancel.h"
#include "families.h"
#include "latch.h"
#include "life_misuse.h"
#include "semaphore_misuse.h"
#include "sync.h"
#include "trials.h"
#include "unwound.h"
#include "wakes.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <time.h>

uint16_t semaphore_flags(const void *lock)
{
	return semaphore_shared(lock) ? TRACE_LOCK_SHARED : 0;
}

/* Whether it is known to be no lock; asks the table when the cache does not know. */
static bool only_orders(struct thread *self, const void *sem)
{
	enum locks_role role = locks_role(sem);
	struct slow slow;

	if (role != LOCKS_UNKNOWN)
		return role == LOCKS_ORDERING;
	slow_begin(&slow, self);
	role = locks_find_role(sem);
	slow_end(&slow);
	return role == LOCKS_ORDERING;
}

static void set_ordering(struct thread *self, const void *sem)
{
	struct slow slow;

	slow_begin(&slow, self);
	locks_set_ordering(self, sem);
	sync_expect(sem);
	slow_end(&slow);
}

/* One that waits for a bounded time goes on without it, too, for all that is known. */
static void note_taken(struct thread *self, const struct acquire *acquire)
{
	tree_shed(self);
	if (op_is_timed(acquire->op))
		sync_blind(self);
	else if (!(self->blind && locks_is_silent(acquire->lock)))
		sync_note_at(self, acquire, TRACE_EVENT_taken, TRACE_LOCK_semaphore);
}

static void note_post(struct thread *self, const sem_t *sem, const void *site, const void *frame)
{
	if (locks_is_silent(sem))
		return;
	sync_note(self, &(struct sync){
				.object = sem,
				.site = site,
				.frame = frame,
				.kind = TRACE_EVENT_posted,
				.lock = TRACE_LOCK_semaphore,
				.act = TRACE_ACT_sem_post,
			});
}

/* Taken, and it is not the usual case. */
static __attribute__((noinline)) void taken(struct thread *self, const struct acquire *acquire,
					    uint64_t waited)
{
	if (locks_role(acquire->lock) == LOCKS_ORDERING) {
		note_taken(self, acquire);
		return;
	}
	if (self->busy) {
		thread_nested(self);
		return;
	}
	if (only_orders(self, acquire->lock)) {
		note_taken(self, acquire);
		return;
	}
	/* Somebody has posted what this thread took, out of sight. */
	if (tree_holds(self, acquire->lock)) {
		set_ordering(self, acquire->lock);
		sync_lose(self, acquire->lock);
		note_taken(self, acquire);
		return;
	}
	latch_taking(self, acquire);
	tree_acquire(self, acquire, waited);
	latch_taken(self, acquire);
}

static __attribute__((noinline)) int taken_at(struct thread *self, sem_t *sem, const void *site,
					      const void *frame)
{
	const struct acquire acquire = {sem, site, frame, TRACE_OP_sem_wait};

	taken(self, &acquire, 0);
	if (!self->held->want_since)
		self->held->want = 0;
	return 0;
}

/* A wait on its way. */
struct waiting {
	struct thread *self; /* NULL: nothing to record */
	struct acquire acquire;
	uint64_t begun;	 /* 0: it need not wait, as far as can be seen */
	uint64_t waited; /* ticks */
	struct outer_wait outer;
};

static struct waiting begin_wait(sem_t *sem, uint16_t op, const void *site, const void *frame)
{
	struct waiting waiting = {.self = thread_self(), .acquire = {sem, site, frame, op}};

	if (waiting.self && waiting.self->busy == THREAD_INNER)
		waiting.self = NULL;
	if (!waiting.self)
		return waiting;
	trial_settle(waiting.self, sem, op == TRACE_OP_sem_wait ? TRIAL_WAITED : TRIAL_TIMED);
	cancel_note(waiting.self);
	/* Not of a wait that goes on at once: it is known when it is over, and so may the semaphore
	 * be. And where the role is known the life is not over. */
	if (locks_role(sem) == LOCKS_UNKNOWN)
		life_check_use(waiting.self, &waiting.acquire, TRACE_LOCK_semaphore);
	wait_enter(waiting.self, frame, &waiting.outer);
	waiting.self->held->want = (uintptr_t)sem;
	if (semaphore_value(sem) == 0)
		waiting.begun = wait_begin(waiting.self, &waiting.acquire);
	return waiting;
}

/* Also when it was cancelled. */
static void end_wait(void *argument)
{
	struct waiting *waiting = argument;

	if (!waiting->self)
		return;
	if (waiting->begun)
		waiting->waited = wait_end(waiting->self, waiting->begun);
	wait_leave(waiting->self, &waiting->outer);
}

#define WAIT_AT(sem_, op_, site_, frame_, call) \
	do { \
		struct waiting waiting = begin_wait(sem_, TRACE_OP_##op_, site_, frame_); \
		struct unwound cleanup; \
		int result; \
		UNWOUND_BEGIN(&cleanup, end_wait, &waiting); \
		result = call; \
		unwound_end(&cleanup); \
		if (result == 0 && waiting.self) \
			taken(waiting.self, &waiting.acquire, waiting.waited); \
		return result; \
	} while (0)

#define WAIT(sem_, op_, call) WAIT_AT(sem_, op_, CALL_SITE, CALL_FRAME, call)

INTERPOSE(sem_wait)

static __attribute__((noinline)) int wait_slowly(sem_t *sem, const void *site, const void *frame)
{
	WAIT_AT(sem, sem_wait, site, frame, REAL(sem_wait)(sem));
}

/* It can fail, so it is recorded afterwards. */
int sem_wait(sem_t *sem)
{
	struct thread *self = current_thread;
	int result;

	if (unlikely(!self || semaphore_value(sem) == 0 || self->tried || self->held->want_since ||
		     interpreter_there))
		return wait_slowly(sem, CALL_SITE, CALL_FRAME);
	self->held->want = (uintptr_t)sem;
	result = REAL(sem_wait)(sem);
	if (unlikely(result)) {
		self->held->want = 0;
		return result;
	}
	if (likely(tree_acquire_fast(self, sem, CALL_SITE, CALL_FRAME, TRACE_OP_sem_wait)))
		return 0;
	/* One that only orders, and of which enough is known. */
	if (likely(sync_is_closed(self, sem, TRACE_EVENT_taken) && !self->held->want_since)) {
		self->held->want = 0;
		return 0;
	}
	if (tree_acquire_known(self, sem, CALL_SITE, CALL_FRAME, TRACE_OP_sem_wait))
		return 0;
	return taken_at(self, sem, CALL_SITE, CALL_FRAME);
}

/* What the thread holds itself it tries in order to know that, and not to get it. */
static void tried(const struct acquire *acquire, bool got)
{
	struct thread *self = thread_self();

	if (self && got && locks_role(acquire->lock) == LOCKS_ORDERING)
		note_taken(self, acquire);
	if (!self || locks_role(acquire->lock) == LOCKS_ORDERING)
		return;
	trial_settle(self, NULL, TRIAL_ABANDONED);
	if (got)
		taken(self, acquire, 0);
	else if (!self->busy && !only_orders(self, acquire->lock) &&
		 !tree_holds(self, acquire->lock))
		trial_failed(self, acquire);
}

static __attribute__((noinline)) int got_slowly(const sem_t *sem, const void *site,
						const void *frame)
{
	const struct acquire acquire = {sem, site, frame, TRACE_OP_sem_trywait};

	tried(&acquire, true);
	return 0;
}

static __attribute__((noinline)) int failed_slowly(const sem_t *sem, const void *site,
						   const void *frame)
{
	const struct acquire acquire = {sem, site, frame, TRACE_OP_sem_trywait};

	if (errno == EAGAIN)
		tried(&acquire, false);
	return -1;
}

INTERPOSE(sem_trywait)
/* Whoever asks whether it holds a lock by trying it, as CPython does, asks most for the last one.
 */
static inline __attribute__((always_inline)) int try_at(sem_t *sem, const void *site,
							const void *frame, bool interpreted)
{
	int result = REAL(sem_trywait)(sem);
	struct thread *self = current_thread;
	const void *place = frame;

	if (result) {
		if (likely(self && !self->tried && self->top->lock == (uintptr_t)sem))
			return -1;
		return failed_slowly(sem, site, frame);
	}
	if (interpreted)
		place = tree_inside(frame);
	if (likely(self && !self->tried &&
		   tree_acquire_fast(self, sem, site, place, TRACE_OP_sem_trywait)))
		return 0;
	/* One that only orders, and of which enough is known. */
	if (likely(self && sync_is_closed(self, sem, TRACE_EVENT_taken)))
		return 0;
	if (self && !self->tried &&
	    tree_acquire_known(self, sem, site, place, TRACE_OP_sem_trywait))
		return 0;
	return got_slowly(sem, site, frame);
}

static __attribute__((noinline)) int try_interpreted(sem_t *sem, const void *site,
						     const void *frame)
{
	return try_at(sem, site, frame, true);
}

int sem_trywait(sem_t *sem)
{
	if (unlikely(interpreter_there))
		return try_interpreted(sem, CALL_SITE, CALL_FRAME);
	return try_at(sem, CALL_SITE, CALL_FRAME, false);
}

INTERPOSE(sem_timedwait)
int sem_timedwait(sem_t *sem, const struct timespec *until)
{
	WAIT(sem, sem_timedwait, REAL(sem_timedwait)(sem, until));
}

INTERPOSE(sem_clockwait)
int sem_clockwait(sem_t *sem, clockid_t clock, const struct timespec *until)
{
	WAIT(sem, sem_clockwait, REAL(sem_clockwait)(sem, clock, until));
}

INTERPOSE(sem_post)
/* Whether it was a lock, and this thread's, and so is one that is given back. */
static bool released(struct thread *self, const sem_t *sem)
{
	if (only_orders(self, sem))
		return false;
	if (tree_release(self, sem))
		return true;
	set_ordering(self, sem);
	return false;
}

/* Recorded first: afterwards it may be somebody else's, or gone. */
static __attribute__((noinline)) int post_slowly(sem_t *sem, const void *site, const void *frame)
{
	bool orders = locks_role(sem) == LOCKS_ORDERING,
	     full = semaphore_value(sem) >= SEM_VALUE_MAX;
	struct thread *self = thread_self();

	if (!self)
		return REAL(sem_post)(sem);
	if (full)
		semaphore_check_post(self, sem, site, frame);
	if (!orders)
		trial_settle(self, NULL, TRIAL_ABANDONED);
	if (locks_role(sem) == LOCKS_UNKNOWN)
		life_check_use(self, &(struct acquire){sem, site, frame, TRACE_ACT_sem_post},
			       TRACE_LOCK_semaphore);
	if (!orders && self->busy)
		thread_nested(self);
	else if (orders || !released(self, sem))
		note_post(self, sem, site, frame);
	else
		latch_posting(self, sem, site, frame);
	WAKES_AFTER(sem, semaphore_is_awaited(sem), REAL(sem_post)(sem));
}

/* One that only orders, and of which enough is known. */
static inline bool posts_on(struct thread *self, const sem_t *sem)
{
	return sync_is_closed(self, sem, TRACE_EVENT_posted) &&
	       semaphore_value(sem) < SEM_VALUE_MAX;
}

static __attribute__((noinline)) int post_otherwise(sem_t *sem, const void *site, const void *frame)
{
	struct thread *self = current_thread;

	if (likely(self && !self->tried && posts_on(self, sem)))
		WAKES_AFTER(sem, semaphore_is_awaited(sem), REAL(sem_post)(sem));
	return post_slowly(sem, site, frame);
}

/* As short as it can be for a lock: every way out is a tail call. */
int sem_post(sem_t *sem)
{
	struct thread *self = current_thread;

	if (unlikely(!self || self->tried || !tree_release_top(self, sem)))
		return post_otherwise(sem, CALL_SITE, CALL_FRAME);
	return REAL(sem_post)(sem);
}
