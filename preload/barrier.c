/*
 * The pthread_barrier family: a thread waits until as many are there as the barrier was made for;
 * nothing is held afterwards. The thread that comes last does not wait; it is the one that is told
 * PTHREAD_BARRIER_SERIAL_THREAD (glibc 2.4 to 2.36).
 */
#include "acquire.h"
#include "blocked.h"
#include "created.h"
#include "families.h"
#include "life_misuse.h"
#include "sync.h"
#include "wakes.h"

static void note(struct misuse *misuse, bool waited)
{
	struct thread *self = thread_self();
	struct party party;
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	if (!waited) {
		misuse_record(self, misuse);
	} else if (party_waiting(misuse->lock, NULL, &party) && party.op == TRACE_OP_barrier_wait) {
		misuse_blame(misuse, &party);
		misuse_record(self, misuse);
	}
	slow_end(&slow);
}

/* The barrier's memory may be no barrier's yet: it takes a thread that waits to say so. */
static void check_waited(const void *barrier, uint16_t act, const void *site, const void *frame)
{
	struct misuse misuse = {
		.rule = TRACE_MISUSE_barrier_misuse,
		.act = act,
		.kind = TRACE_LOCK_barrier,
		.lock = barrier,
		.site = site,
		.frame = frame,
	};

	if (unlikely(barrier_is_blocked_on(barrier)))
		note(&misuse, true);
}

static void note_no_thread(const void *barrier, const void *site, const void *frame)
{
	struct misuse misuse = {
		.rule = TRACE_MISUSE_barrier_misuse,
		.act = TRACE_ACT_barrier_init,
		.kind = TRACE_LOCK_barrier,
		.lock = barrier,
		.site = site,
		.frame = frame,
	};

	note(&misuse, false);
}

static bool is_shared(const pthread_barrierattr_t *attributes)
{
	int shared = PTHREAD_PROCESS_PRIVATE;

	return attributes && (pthread_barrierattr_getpshared(attributes, &shared) != 0 ||
			      shared != PTHREAD_PROCESS_PRIVATE);
}

uint16_t barrier_flags(const void *lock)
{
	return barrier_is_shared(lock) ? TRACE_LOCK_SHARED : 0;
}

INTERPOSE(pthread_barrier_init)
int pthread_barrier_init(pthread_barrier_t *barrier, const pthread_barrierattr_t *attributes,
			 unsigned count)
{
	bool waited = barrier_is_blocked_on(barrier);
	int result;

	check_waited(barrier, TRACE_ACT_barrier_init, CALL_SITE, CALL_FRAME);
	if (count == 0)
		note_no_thread(barrier, CALL_SITE, CALL_FRAME);
	result = REAL(pthread_barrier_init)(barrier, attributes, count);
	if (result == 0)
		lock_created_of(barrier, TRACE_LOCK_barrier, is_shared(attributes) ? 0 : count,
				waited ? 0 : TRACE_ACT_barrier_init, CALL_SITE, CALL_FRAME);
	return result;
}

/* A shared one may be initialised again by another process. */
static void barrier_over(const void *barrier, bool shared, const void *site, const void *frame)
{
	if (shared)
		lock_destroyed(barrier);
	else
		life_over(&(struct misuse){
			.act = TRACE_ACT_barrier_destroy,
			.kind = TRACE_LOCK_barrier,
			.lock = barrier,
			.site = site,
			.frame = frame,
		});
}

INTERPOSE(pthread_barrier_destroy)
int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	bool shared = barrier_is_shared(barrier);
	int result;

	check_waited(barrier, TRACE_ACT_barrier_destroy, CALL_SITE, CALL_FRAME);
	result = REAL(pthread_barrier_destroy)(barrier);
	if (result == 0)
		barrier_over(barrier, shared, CALL_SITE, CALL_FRAME);
	return result;
}

/* Recorded first: when it is over another thread may have destroyed it. */
INTERPOSE(pthread_barrier_wait)
int pthread_barrier_wait(pthread_barrier_t *barrier)
{
	const struct acquire acquire = ACQUIRE_HERE(barrier, barrier_wait);
	struct thread *self = thread_self();
	struct trace_node *node;
	struct outer_wait outer;
	uint64_t begun, waited;
	int result;

	if (!self)
		return REAL(pthread_barrier_wait)(barrier);
	life_check_use(self, &acquire, TRACE_LOCK_barrier);
	node = tree_wait(self, &acquire);
	sync_note_at(self, &acquire, TRACE_EVENT_arrived, TRACE_LOCK_barrier);
	wait_enter(self, acquire.frame, &outer);
	begun = wait_begin(self, &acquire);
	result = REAL(pthread_barrier_wait)(barrier);
	waited = wait_end(self, begun);
	wait_leave(self, &outer);
	tree_waited(self, node, result == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : waited);
	wakes_note(self, barrier);
	if (result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD)
		sync_note_at(self, &acquire, TRACE_EVENT_left, TRACE_LOCK_barrier);
	return result;
}
