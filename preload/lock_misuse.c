/* Compares what a lock's memory says with what the held stacks say. */
#include "lock_misuse.h"

#include "families.h"
#include "forked.h"
#include "handlers.h"
#include "life_misuse.h"
#include "locks.h"

#include <errno.h>

/* Of those that tell how they are held, and not by whom alone. */
static struct lock_state look_at(uint16_t op, const void *lock)
{
	if (op_is_of_libc(op) && op_kind(op) == TRACE_LOCK_rwlock)
		return rwlock_look(lock);
	if (op_is_of_libc(op) && op_kind(op) == TRACE_LOCK_spin)
		return spin_look(lock);
	return (struct lock_state){false, 0, 0};
}

bool lock_looks_held(uint16_t op, const void *lock, int *holder)
{
	int owner = lock_owner(op, lock);
	struct lock_state state;

	*holder = owner > 0 ? owner : 0;
	if (owner != LOCK_UNOWNED)
		return owner > 0 || owner == LOCK_ANONYMOUS;
	state = look_at(op, lock);
	*holder = state.writer;
	return state.written || state.readers;
}

struct count {
	const void *lock;
	const struct thread *except;
	uint32_t holds;
};

static uint32_t holds_of(const struct thread *thread, const void *lock)
{
	uint32_t depth = thread_depth(thread), holds = 0;

	for (uint32_t i = 0; i < depth && i < thread->capacity; i++)
		holds += thread->entries[i].lock == (uintptr_t)lock;
	return holds;
}

static bool count_holds(struct thread *thread, void *context)
{
	struct count *count = context;

	if (thread != count->except)
		count->holds += holds_of(thread, count->lock);
	return false;
}

/* How often other threads hold it. Under the recorder's lock. */
static uint32_t holds_of_others(const struct thread *self, const void *lock)
{
	struct count count = {lock, self, 0};

	threads_find(count_holds, &count);
	return count.holds;
}

static struct misuse misuse_of(const void *lock, uint16_t act, struct lock_place place)
{
	return (struct misuse){
		.act = act,
		.lock = lock,
		.site = place.site,
		.frame = place.frame,
	};
}

static void record(struct thread *self, const struct lock_kind *kind, struct misuse *misuse)
{
	misuse->lock_ref = locks_ref(self, misuse->lock, kind->op,
				     stacks_at(self, misuse->site, misuse->frame));
	misuse_record(self, misuse);
}

/* Makes a live thread that holds it, and is not `except`, the other side. */
static bool blame_holder(struct misuse *misuse, const struct lock_state *state,
			 const struct thread *except)
{
	struct party party;

	if (!state->written && !state->readers)
		return false;
	if (!party_holding(misuse->lock, state->written ? state->writer : 0, except, &party))
		return false;
	misuse_blame(misuse, &party);
	return true;
}

/* The rule that is broken by wanting what the thread holds itself; 0: none. */
static unsigned rule_of_acquire(const struct thread *self, const struct lock_state *state,
				const void *lock, uint16_t op)
{
	bool reads = op_is_shared(op);

	if (state->written && (state->writer ? state->writer == self->tid : holds_of(self, lock)))
		return reads ? TRACE_MISUSE_rwlock_upgrade : TRACE_MISUSE_relock;
	if (!state->written && state->readers && !reads && holds_of(self, lock))
		return TRACE_MISUSE_rwlock_upgrade;
	return 0;
}

/* In the child of a fork: whether a thread of the parent held it, so that nobody can release it. */
static void check_forked(struct thread *self, const struct lock_kind *kind, struct misuse *misuse,
			 const struct lock_state *state)
{
	uint32_t holds = state->written ? 1 : state->readers, live;
	struct slow slow;

	if (!forked_here() || !holds || op_is_timed(misuse->act) || kind->shared(misuse->lock))
		return;
	misuse->rule = TRACE_MISUSE_fork_holding;
	slow_begin(&slow, self);
	live = holds_of(self, misuse->lock) + holds_of_others(self, misuse->lock);
	if (live < holds && forked_blame(misuse, state->writer))
		record(self, kind, misuse);
	slow_end(&slow);
}

void lock_check_acquire(const struct lock_kind *kind, const void *lock, uint16_t op,
			struct lock_place place)
{
	struct thread *self = thread_self();
	struct misuse misuse = misuse_of(lock, op, place);
	struct lock_state state = kind->look(lock);
	struct party party;
	struct slow slow;

	if (!self || self->busy)
		return;
	misuse.rule = rule_of_acquire(self, &state, lock, op);
	if (!misuse.rule) {
		if (state.written || !op_is_shared(op))
			check_forked(self, kind, &misuse, &state);
		return;
	}
	/* It is not this code that holds it, but what its handler interrupted. */
	if (self->handler_count &&
	    handlers_before_wait(self, &(struct acquire){lock, place.site, place.frame, op}))
		return;
	/* A lock that knows its writer refuses him. */
	misuse.value = state.written && state.writer ? EDEADLK : 0;
	slow_begin(&slow, self);
	misuse.other_thread = self->ref;
	if (party_holding(lock, self->tid, NULL, &party))
		misuse_blame(&misuse, &party);
	record(self, kind, &misuse);
	slow_end(&slow);
}

/*
 * A hold of this thread may not have been recorded. It is not one of the holders if the writer is
 * known to be another, or if so many holds of others are known as there are.
 */
static bool held_by_others(const struct thread *self, const struct lock_state *state,
			   const void *lock)
{
	if (state->written && state->writer)
		return state->writer != self->tid;
	return holds_of_others(self, lock) >= (state->written ? 1 : state->readers);
}

void lock_check_unlock(const struct lock_kind *kind, const void *lock, struct lock_place place)
{
	struct thread *self = current_thread;
	struct misuse misuse = misuse_of(lock, kind->unlock, place);
	struct lock_state state = kind->look(lock);
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	if (!state.written && !state.readers) {
		misuse.rule = TRACE_MISUSE_unlock_unlocked;
		record(self, kind, &misuse);
	} else if (held_by_others(self, &state, lock) && blame_holder(&misuse, &state, self)) {
		misuse.rule = TRACE_MISUSE_unlock_not_owner;
		record(self, kind, &misuse);
	}
	slow_end(&slow);
}

void lock_check_init(const struct lock_kind *kind, const void *lock, struct lock_place place)
{
	struct thread *self = thread_self();
	struct misuse misuse = misuse_of(lock, kind->init, place);
	struct lock_state state = kind->look(lock);
	struct slow slow;

	if (!self || self->busy)
		return;
	misuse.rule = TRACE_MISUSE_double_init;
	slow_begin(&slow, self);
	if (blame_holder(&misuse, &state, NULL) || life_blame_first(&misuse, op_kind(kind->op)))
		record(self, kind, &misuse);
	slow_end(&slow);
}

void lock_check_destroy(const struct lock_kind *kind, const void *lock, struct lock_place place)
{
	struct thread *self = thread_self();
	struct misuse misuse = misuse_of(lock, kind->destroy, place);
	struct lock_state state = kind->look(lock);
	struct party party;
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	misuse.rule = TRACE_MISUSE_destroy_locked;
	if (blame_holder(&misuse, &state, NULL)) {
		record(self, kind, &misuse);
	} else if (!state.written && !state.readers && party_waiting(lock, self, &party)) {
		misuse.rule = TRACE_MISUSE_destroy_waited;
		misuse_blame(&misuse, &party);
		record(self, kind, &misuse);
	}
	slow_end(&slow);
}
