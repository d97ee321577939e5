/* The life of mutexes, and the rules of misuse. */
#include "mutex_misuse.h"

#include "forked.h"
#include "handlers.h"
#include "life_misuse.h"

enum { KIND_DESTROYED = -1 };

static int kind_of(const pthread_mutex_t *mutex)
{
	return __atomic_load_n(&mutex->__data.__kind, __ATOMIC_RELAXED);
}

/* Whether the C library itself refuses what a thread that is not the owner does (EPERM): POSIX
 * allows to try. With priority inheritance it looks at the owner for every type. */
static bool checks_owner(const pthread_mutex_t *mutex)
{
	int kind = kind_of(mutex), type = kind & MUTEX_TYPE;

	return kind & (MUTEX_ROBUST | MUTEX_INHERIT) || type == PTHREAD_MUTEX_RECURSIVE ||
	       type == PTHREAD_MUTEX_ERRORCHECK;
}

static bool waits_for_ever(uint16_t op)
{
	return op == TRACE_OP_mutex_lock || op == TRACE_OP_mtx_lock;
}

/* A ceiling stays in the upper bits of a free one. */
int mutex_owner(const void *lock)
{
	const pthread_mutex_t *mutex = lock;
	const int ceiling = (int)0xfff80000;
	int word = __atomic_load_n(&mutex->__data.__lock, __ATOMIC_RELAXED);
	int owner = __atomic_load_n(&mutex->__data.__owner, __ATOMIC_RELAXED);

	if (kind_of(mutex) == KIND_DESTROYED)
		return 0;
	if (kind_of(mutex) & MUTEX_PROTECT)
		word &= ~ceiling;
	if (!word)
		return 0;
	return owner > 0 ? owner : -1;
}

/* After the mutex was destroyed. Under the recorder's lock. */
static void note_destroyed(struct thread *self, struct misuse *misuse)
{
	misuse->rule = TRACE_MISUSE_use_after_destroy;
	graves_blame(misuse->lock, misuse);
	misuse_record(self, misuse);
}

/* Whoever holds it, if the held stacks agree with the mutex's memory. */
static bool blame_owner(struct misuse *misuse, int owner)
{
	struct party party;

	if (owner <= 0 || !party_holding(misuse->lock, owner, NULL, &party))
		return false;
	misuse_blame(misuse, &party);
	return true;
}

/* In the child of a fork: whether a thread of the parent held it, so that nobody here can release
 * it. One that processes share can still be released there. */
static bool was_held_elsewhere(struct misuse *misuse, int owner)
{
	return !(kind_of(misuse->lock) & MUTEX_SHARED) && forked_blame(misuse, owner);
}

/* Not by this thread, as far as its held stack goes. */
static void note_unlock(struct thread *self, struct misuse *misuse, int owner)
{
	/* There is one, and a fork's child has none of its parent's holds of it. */
	bool shared = kind_of(misuse->lock) & MUTEX_SHARED;

	if (kind_of(misuse->lock) == KIND_DESTROYED) {
		note_destroyed(self, misuse);
		return;
	}
	/* Its own, but it could not be recorded when it was taken. */
	if (owner == self->tid || (!shared && forked_by(owner)) || checks_owner(misuse->lock))
		return;
	misuse->rule = owner ? TRACE_MISUSE_unlock_not_owner : TRACE_MISUSE_unlock_unlocked;
	if (!blame_owner(misuse, owner) && owner && !shared && forked_here()) {
		/* The parent's threads are not known here, but what they held. */
		misuse->rule = TRACE_MISUSE_fork_holding;
		if (!was_held_elsewhere(misuse, owner))
			return;
	}
	misuse_record(self, misuse);
}

void mutex_check_unlock(struct thread *self, const pthread_mutex_t *mutex, uint16_t act,
			const void *site, const void *frame)
{
	struct misuse misuse = {
		.act = act,
		.lock = mutex,
		.site = site,
		.frame = frame,
	};
	struct slow slow;

	if (self->busy)
		return;
	slow_begin(&slow, self);
	note_unlock(self, &misuse, mutex_owner(mutex));
	slow_end(&slow);
}

/* A thread that would wait for itself; of a fork's child, or for what nobody there can release. */
static void note_lock(struct thread *self, struct misuse *misuse, int owner)
{
	struct party party;

	if (kind_of(misuse->lock) == KIND_DESTROYED) {
		note_destroyed(self, misuse);
		return;
	}
	if (party_holding(misuse->lock, self->tid, NULL, &party) &&
	    (owner == self->tid || forked_by(owner))) {
		misuse->rule = TRACE_MISUSE_relock;
		misuse_blame(misuse, &party);
		misuse_record(self, misuse);
		return;
	}
	misuse->rule = TRACE_MISUSE_fork_holding;
	if (was_held_elsewhere(misuse, owner))
		misuse_record(self, misuse);
}

void mutex_check_lock(struct thread *self, const pthread_mutex_t *mutex, uint16_t op,
		      const void *site, const void *frame)
{
	int owner = mutex_owner(mutex), type = kind_of(mutex) & MUTEX_TYPE;
	bool refused = type == PTHREAD_MUTEX_RECURSIVE || type == PTHREAD_MUTEX_ERRORCHECK;
	struct misuse misuse = {.act = op, .lock = mutex, .site = site, .frame = frame};
	const struct acquire acquire = {mutex, site, frame, op};
	struct slow slow;

	if (kind_of(mutex) != KIND_DESTROYED &&
	    (!waits_for_ever(op) || owner <= 0 || (owner != self->tid ? !forked_here() : refused)))
		return;
	if (self->busy)
		return;
	/* In a handler, on top of what it interrupted: that is another rule. */
	if (owner == self->tid && handlers_any && handlers_before_wait(self, &acquire))
		return;
	slow_begin(&slow, self);
	note_lock(self, &misuse, owner);
	slow_end(&slow);
}

static void check_init(struct thread *self, const pthread_mutex_t *mutex, uint16_t act,
		       const void *site, const void *frame)
{
	const struct lock *lock = locks_find(mutex);
	struct misuse misuse = {
		.rule = TRACE_MISUSE_double_init,
		.act = act,
		.lock = mutex,
		.site = site,
		.frame = frame,
	};

	if (!lock || lock->kind != TRACE_LOCK_mutex || kind_of(mutex) == KIND_DESTROYED)
		return;
	if (blame_owner(&misuse, mutex_owner(mutex)) || life_blame_first(&misuse, lock->kind))
		misuse_record(self, &misuse);
}

void mutex_began(const pthread_mutex_t *mutex, uint16_t act, const void *site, const void *frame)
{
	struct thread *self = thread_self();
	struct slow slow;

	if (!self || self->busy)
		return;
	/* Handlers of a fork make anew what they have taken before it. */
	if (thread_depth(self) && forked_by(mutex_owner(mutex)))
		tree_release(self, mutex);
	slow_begin(&slow, self);
	check_init(self, mutex, act, site, frame);
	locks_init(self, mutex, TRACE_LOCK_mutex, stacks_at(self, site, frame));
	slow_end(&slow);
}

/* Under the recorder's lock. True: something is wrong. */
static bool check_destroy(struct thread *self, const pthread_mutex_t *mutex, uint16_t act,
			  const void *site, const void *frame)
{
	struct misuse misuse = {
		.act = act,
		.lock = mutex,
		.site = site,
		.frame = frame,
	};
	int owner = mutex_owner(mutex);
	struct party party;

	if (kind_of(mutex) == KIND_DESTROYED) {
		note_destroyed(self, &misuse);
		return true;
	}
	/* Whoever held it may be gone: that has been noted then. */
	misuse.rule = TRACE_MISUSE_destroy_locked;
	if (blame_owner(&misuse, owner)) {
		misuse_record(self, &misuse);
		return true;
	}
	/* Of a time limit that ran out, or of what was at this address before, the last trace may
	 * still be there. */
	misuse.rule = TRACE_MISUSE_destroy_waited;
	if (!owner && party_waiting(mutex, self, &party) && waits_for_ever(party.op)) {
		misuse_blame(&misuse, &party);
		misuse_record(self, &misuse);
	}
	return owner != 0;
}

bool mutex_ends(const pthread_mutex_t *mutex, uint16_t act, const void *site, const void *frame)
{
	struct thread *self = thread_self();
	struct slow slow;
	bool wrong;

	if (!self || self->busy)
		return true;
	slow_begin(&slow, self);
	wrong = check_destroy(self, mutex, act, site, frame);
	if (!wrong)
		graves_bury(self, mutex, TRACE_LOCK_mutex, act, stacks_at(self, site, frame));
	slow_end(&slow);
	return !wrong;
}

void mutex_ended(const pthread_mutex_t *mutex, uint16_t act, const void *site, const void *frame)
{
	struct thread *self = thread_self();
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	graves_bury(self, mutex, TRACE_LOCK_mutex, act, stacks_at(self, site, frame));
	slow_end(&slow);
}
