/* Owns what became of the handles that were given up last: joined, or detached. */
#include "thread_misuse.h"

#include "families.h"
#include "lock_misuse.h"
#include "locks.h"
#include "system.h"
#include "twins.h"

#include <string.h>

enum { GONE_BITS = 10, GONE = 1 << GONE_BITS };

/* A table without probing, by the hash of the handle. A handle comes again with another thread:
 * then its record is another one. */
static struct gone {
	uint64_t handle; /* 0: empty */
	struct stack *place;
	uint32_t ref; /* of the thread */
	uint32_t by;
	uint16_t act;
} gone[GONE];
static bool any_gone; /* else the table was never touched, and need not be */

static struct gone *gone_of(pthread_t handle)
{
	return &gone[(uint64_t)handle * LOCK_HASH_FACTOR >> (64 - GONE_BITS)];
}

/* Of a lock that does not tell all its holders: it is held, and on no other thread's held stack. */
static bool is_left_held(const struct thread *self, const struct lock *lock)
{
	const void *address = (const void *)(uintptr_t)lock->address;
	struct lock_state state;
	struct party party;

	if (!op_is_of_libc(lock_op(lock)) || !sys_readable(address))
		return false;
	state = lock->kind == TRACE_LOCK_spin ? spin_look(address) : rwlock_look(address);
	if (lock->kind == TRACE_LOCK_rwlock && state.written)
		return state.writer == self->tid;
	return (state.written || state.readers) && !party_holding(address, 0, self, &party);
}

/* As far as the lock's memory and the held stacks agree. A robust lock may outlive its owner. */
static bool is_held_by(const struct thread *self, const struct lock *lock)
{
	const void *address = (const void *)(uintptr_t)lock->address;
	int owner = sys_readable(address) ? lock_owner(lock_op(lock), address) : 0;
	struct party party;

	if (lock->kind == TRACE_LOCK_rwlock || lock->kind == TRACE_LOCK_spin)
		return is_left_held(self, lock);
	if (owner == LOCK_ANONYMOUS)
		return !party_holding(address, 0, self, &party);
	return owner == self->tid && !(lock_flags(lock_op(lock), address) & TRACE_LOCK_ROBUST);
}

void thread_check_end(struct thread *self)
{
	for (uint32_t i = 0; i < thread_depth(self); i++) {
		const struct trace_held_entry *entry = &self->entries[i];
		const void *address = (const void *)(uintptr_t)entry->lock;
		const struct trace_node *node = trace_at(entry->node);
		const struct lock *lock = locks_find(address);
		struct misuse misuse = {
			.rule = TRACE_MISUSE_exit_holding,
			.act = TRACE_ACT_thread_end,
			.lock = address,
			.other_thread = self->ref,
			.other_stack = node ? node->stack : 0,
			.other_act = node ? node->op : 0,
		};

		if (!lock || !is_held_by(self, lock))
			continue;
		misuse.kind = lock->kind;
		misuse_record(self, &misuse);
	}
}

/* The cause, when the thread has been given up before. Under the recorder's lock. */
static bool blame_first(struct misuse *misuse, pthread_t handle, uint32_t ref)
{
	const struct gone *before = gone_of(handle);
	const struct trace_thread *thread = trace_at(ref);

	if (before->handle && before->handle == (uint64_t)handle && (!ref || ref == before->ref)) {
		misuse->target = before->ref;
		misuse->other_thread = before->by;
		misuse->other_place = before->place;
		misuse->other_act = before->act;
		return true;
	}
	if (!thread || !(thread->state & TRACE_THREAD_DETACHED))
		return false;
	misuse->other_thread = thread->creator;
	misuse->other_stack = thread->created_stack;
	misuse->other_act = TRACE_ACT_create;
	return true;
}

/* Another thread waits for its end, too: glibc wakes one of them. */
static bool blame_joiner(struct misuse *misuse, const struct thread *self, uint32_t ref)
{
	const void *end = (const void *)(uintptr_t)TRACE_THREAD_ADDRESS(ref);
	struct party party;

	if (!ref || op_is_timed(misuse->act) || op_kind(misuse->act) != TRACE_LOCK_thread ||
	    !party_waiting(end, self, &party) || op_is_timed(party.op))
		return false;
	misuse_blame(misuse, &party);
	misuse->value = 1;
	return true;
}

void thread_check_join(struct thread *self, const struct join *join, uint32_t ref)
{
	bool detaches = join_detaches(join);
	bool own = pthread_equal(join->handle, pthread_self());
	struct misuse misuse = {
		.rule = own && !detaches ? TRACE_MISUSE_self_join : TRACE_MISUSE_double_join,
		.act = join->act,
		.site = join->site,
		.frame = join->frame,
		.target = ref,
	};

	if (misuse.rule == TRACE_MISUSE_self_join || blame_first(&misuse, join->handle, ref) ||
	    blame_joiner(&misuse, self, ref)) {
		misuse_record(self, &misuse);
		twins_forget(misuse.target);
	}
}

void thread_let_go(struct thread *self, const struct join *join, uint32_t ref)
{
	any_gone = true;
	if (!pthread_equal(join->handle, pthread_self()))
		twins_exclude(self);
	*gone_of(join->handle) = (struct gone){
		.handle = (uint64_t)join->handle,
		.place = stacks_at(self, join->site, join->frame),
		.ref = ref,
		.by = self->ref,
		.act = join->act,
	};
}

void thread_gone_as(pthread_t handle, uint32_t ref, uint32_t other)
{
	struct gone *before = gone_of(handle);

	if (before->ref == ref)
		before->ref = other;
	if (before->by == ref)
		before->by = other;
}

void thread_misuse_reset(void)
{
	if (any_gone)
		memset(gone, 0, sizeof(gone));
	any_gone = false;
}
