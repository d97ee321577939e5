/*
 * POSIX binds a condition to the mutex of its waiters while threads are blocked on it
 * (pthread_cond_wait), wants the waiter to hold that mutex, and does not let a condition be
 * destroyed while threads are blocked on it. To signal without the mutex is allowed; but a thread
 * that never holds it cannot have changed under it what the waiters look at, so that the change
 * falls between a waiter's look and its wait: the wake-up is lost. Whether it never holds it is for
 * the analysis to say; here it is enough that it neither holds it nor has just given it back.
 */
#include "cond_misuse.h"

#include "blocked.h"
#include "life_misuse.h"
#include "mutex_misuse.h"

enum { MUTEX_ELISION = 256 };

struct cond_binding cond_bindings[1 << COND_BINDING_BITS];

static uint64_t hash_of(const void *cond, uint64_t other)
{
	uint64_t hash = ((uintptr_t)cond * LOCK_HASH_FACTOR) ^ other;

	return (hash ^ hash >> 29) * TREE_SITE_FACTOR;
}

/* Another one when the life of one of the two has ended. */
static uint64_t check_of(const void *cond, uint64_t mutex)
{
	return hash_of(cond, mutex) + lock_generation_of(cond) * TREE_FRAME_FACTOR +
	       lock_generation_of((const void *)(uintptr_t)mutex) * TREE_PARENT_FACTOR;
}

const void *cond_bound(const void *cond)
{
	const struct cond_binding *binding = cond_binding(cond);
	uint64_t mutex = __atomic_load_n(&binding->mutex, __ATOMIC_RELAXED);
	uint64_t check = __atomic_load_n(&binding->check, __ATOMIC_RELAXED);

	return check == check_of(cond, mutex) ? (const void *)(uintptr_t)mutex : NULL;
}

void cond_bind(const void *cond, const void *mutex)
{
	struct cond_binding *binding = cond_binding(cond);

	__atomic_store_n(&binding->mutex, (uintptr_t)mutex, __ATOMIC_RELAXED);
	__atomic_store_n(&binding->check, check_of(cond, (uintptr_t)mutex), __ATOMIC_RELAXED);
}

struct search {
	uint64_t cond, mutex;
	struct misuse *misuse;
};

static bool waits_with_another(struct thread *thread, void *context)
{
	const struct search *search = context;
	const struct trace_held *held = thread->held;

	if (held->want != search->cond || !held->want_since || !held->want_mutex ||
	    held->want_mutex == search->mutex ||
	    !thread_is_blocked_on(thread->tid, (const void *)(uintptr_t)search->cond,
				  sizeof(pthread_cond_t)))
		return false;
	search->misuse->other_lock = (const void *)(uintptr_t)held->want_mutex;
	search->misuse->other_thread = thread->ref;
	search->misuse->other_stack = held->want_stack;
	search->misuse->other_act = (uint16_t)held->want_op;
	return true;
}

static struct misuse misuse_of(enum trace_misuse_rule rule, const void *cond, uint16_t op,
			       const struct acquire *again)
{
	return (struct misuse){
		.rule = rule,
		.act = op,
		.kind = TRACE_LOCK_condition,
		.lock = cond,
		.site = again->site,
		.frame = again->frame,
		.with = again->lock,
		.with_kind = TRACE_LOCK_mutex,
		.other_kind = TRACE_LOCK_mutex,
	};
}

static void check_mismatch(struct thread *self, const void *cond, uint16_t op,
			   const struct acquire *again)
{
	struct misuse misuse = misuse_of(TRACE_MISUSE_cond_mutex_mismatch, cond, op, again);
	struct search search = {(uintptr_t)cond, (uintptr_t)again->lock, &misuse};
	struct slow slow;

	slow_begin(&slow, self);
	if (threads_find(waits_with_another, &search))
		misuse_record(self, &misuse);
	slow_end(&slow);
}

/*
 * Not for mutexes whose owner is told by EPERM (POSIX pthread_cond_wait), nor for those that do not
 * say who has them (glibc's lock elision).
 */
static bool is_held_by(const struct thread *self, const pthread_mutex_t *mutex)
{
	int kind = mutex->__data.__kind;

	return (kind & MUTEX_TYPE) == PTHREAD_MUTEX_ERRORCHECK ||
	       kind & (MUTEX_ROBUST | MUTEX_ELISION) || mutex->__data.__owner == self->tid;
}

void cond_note_unlocked(struct thread *self, const void *cond, uint16_t op,
			const struct acquire *again, const struct party *holder)
{
	struct misuse misuse = misuse_of(TRACE_MISUSE_cond_wait_unlocked, cond, op, again);

	if (holder) {
		misuse_blame(&misuse, holder);
		misuse.other_lock = again->lock;
	}
	misuse_record(self, &misuse);
}

static void note_unlocked(struct thread *self, const void *cond, uint16_t op,
			  const struct acquire *again)
{
	const pthread_mutex_t *mutex = again->lock;
	int owner = mutex->__data.__owner;
	struct party party;
	struct slow slow;
	bool known;

	slow_begin(&slow, self);
	known = owner && party_holding(mutex, owner, self, &party);
	cond_note_unlocked(self, cond, op, again, known ? &party : NULL);
	slow_end(&slow);
}

void cond_check_wait(struct thread *self, const void *cond, uint16_t op,
		     const struct acquire *again, bool held)
{
	if (unlikely(!held && !self->busy && !is_held_by(self, again->lock)))
		note_unlocked(self, cond, op, again);
	if (unlikely(cond_is_destroyed(cond)))
		cond_note_late(cond, op, again->site, again->frame);
	if (likely(cond_bound(cond) == again->lock))
		return;
	if (cond_is_blocked_on(cond) && !self->busy)
		check_mismatch(self, cond, op, again);
	cond_bind(cond, again->lock);
}

static __attribute__((noinline)) void signal_unlocked(struct thread *self, const void *cond,
						      const void *mutex, uint16_t act,
						      const void *site, const void *frame)
{
	uint64_t memo = hash_of(cond, (uintptr_t)site);
	uint64_t *known = &self->signals[memo >> (64 - THREAD_SIGNALS_BITS)];

	if (*known == memo || tree_holds(self, mutex))
		return;
	*known = memo;
	misuse_note(self, &(struct misuse){
				  .rule = TRACE_MISUSE_signal_unlocked,
				  .act = act,
				  .kind = TRACE_LOCK_condition,
				  .lock = cond,
				  .site = site,
				  .frame = frame,
				  .with = mutex,
				  .with_kind = TRACE_LOCK_mutex,
				  .target = self->ref,
			  });
}

void cond_check_bound_signal(const void *cond, uint16_t act, const void *site, const void *frame)
{
	struct thread *self = current_thread;
	const void *mutex = cond_bound(cond);

	/* Nobody waited yet; or it holds the mutex, or has just given it back. */
	if (!mutex || !self || tree_touched_last(self, mutex) || self->busy)
		return;
	signal_unlocked(self, cond, mutex, act, site, frame);
}

void cond_note_late(const void *cond, uint16_t act, const void *site, const void *frame)
{
	struct thread *self = thread_self();
	struct misuse misuse = {
		.rule = TRACE_MISUSE_use_after_destroy,
		.act = act,
		.kind = TRACE_LOCK_condition,
		.lock = cond,
		.site = site,
		.frame = frame,
	};
	const struct lock *lock;
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	/* The mark is there already while the destruction waits for the last waiters to leave. */
	lock = locks_find(cond);
	if (!(lock && lock->init_seen) && graves_blame(cond, &misuse))
		misuse_record(self, &misuse);
	slow_end(&slow);
}

void cond_over(const void *cond, uint16_t act, const void *site, const void *frame)
{
	life_over(&(struct misuse){
		.act = act,
		.kind = TRACE_LOCK_condition,
		.lock = cond,
		.site = site,
		.frame = frame,
	});
}

void cond_check_destroy(const void *cond, uint16_t act, const void *site, const void *frame)
{
	struct misuse misuse = {
		.rule = TRACE_MISUSE_destroy_waited,
		.act = act,
		.kind = TRACE_LOCK_condition,
		.lock = cond,
		.site = site,
		.frame = frame,
	};
	struct thread *self;
	struct party party;
	struct slow slow;

	if (unlikely(cond_is_destroyed(cond))) {
		cond_note_late(cond, act, site, frame);
		return;
	}
	if (likely(!cond_is_blocked_on(cond)))
		return;
	self = thread_self();
	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	if (party_waiting(cond, NULL, &party)) {
		misuse_blame(&misuse, &party);
		misuse_record(self, &misuse);
	}
	slow_end(&slow);
}
