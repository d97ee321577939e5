/* The rules of misuse of GMutex: what its word and the held stacks agree on. */
#include "glib_misuse.h"

#include "cond_misuse.h"
#include "families.h"
#include "forked.h"
#include "misuse.h"
#include "system.h"
#include "tree.h"

int glib_mutex_owner(const void *lock)
{
	return glib_mutex_taken(lock) ? LOCK_ANONYMOUS : 0;
}

static struct lock_state recursive_look(const void *lock)
{
	int owner = glib_recursive_owner(lock);

	return (struct lock_state){owner != 0, owner > 0 ? owner : 0, 0};
}

static struct lock_state read_write_look(const void *lock)
{
	const void *inner = __atomic_load_n((const void *const *)lock, __ATOMIC_ACQUIRE);

	/* The memory may be used for something else by now. */
	if (!inner || !sys_readable(inner))
		return (struct lock_state){false, 0, 0};
	return rwlock_look(inner);
}

const struct lock_kind glib_recursive_kind = {
	.look = recursive_look,
	.op = TRACE_OP_g_rec_mutex_lock,
	.destroy = TRACE_ACT_g_rec_mutex_clear,
	.unlock = TRACE_ACT_g_rec_mutex_unlock,
};

const struct lock_kind glib_read_write_kind = {
	.look = read_write_look,
	.op = TRACE_OP_g_rw_lock_writer_lock,
	.destroy = TRACE_ACT_g_rw_lock_clear,
	.unlock = TRACE_ACT_g_rw_lock_unlock,
};

/*
 * Notes the misuse if a thread holds the mutex: `tid`, or with 0 any but the calling one. False:
 * nobody is known to.
 */
static bool note_held(struct thread *self, struct misuse *misuse, int tid)
{
	struct party party;
	struct slow slow;
	bool held;

	slow_begin(&slow, self);
	held = party_holding(misuse->lock, tid, tid ? NULL : self, &party) &&
	       glib_mutex_taken(misuse->lock);
	if (held) {
		misuse_blame(misuse, &party);
		misuse_record(self, misuse);
	}
	slow_end(&slow);
	return held;
}

void glib_check_unlock(struct thread *self, const void *mutex, const void *site, const void *frame)
{
	struct misuse misuse = {
		.rule = TRACE_MISUSE_unlock_not_owner,
		.act = TRACE_ACT_g_mutex_unlock,
		.lock = mutex,
		.site = site,
		.frame = frame,
	};

	if (self->busy)
		return;
	if (glib_mutex_taken(mutex)) {
		note_held(self, &misuse, 0);
		return;
	}
	misuse.rule = TRACE_MISUSE_unlock_unlocked;
	misuse_note(self, &misuse);
}

/* In the child of a fork: whether a thread of the parent held it, and nobody here does. */
static void check_forked(struct thread *self, struct misuse *misuse)
{
	struct party party;
	struct slow slow;

	misuse->rule = TRACE_MISUSE_fork_holding;
	slow_begin(&slow, self);
	if (!party_holding(misuse->lock, 0, NULL, &party) && glib_mutex_taken(misuse->lock) &&
	    forked_blame(misuse, 0))
		misuse_record(self, misuse);
	slow_end(&slow);
}

void glib_check_lock(struct thread *self, const void *mutex, const void *site, const void *frame)
{
	struct misuse misuse = {
		.rule = TRACE_MISUSE_relock,
		.act = TRACE_OP_g_mutex_lock,
		.lock = mutex,
		.site = site,
		.frame = frame,
	};

	if (!self || self->busy)
		return;
	/* In a handler, on top of what it interrupted: that is another rule. */
	if (!self->handler_count && tree_holds(self, mutex))
		note_held(self, &misuse, self->tid);
	else if (forked_here())
		check_forked(self, &misuse);
}

/* Before what nobody may hold it for; its memory may be no mutex's yet: it takes a thread that
 * holds it to say so. */
static void check_free(enum trace_misuse_rule rule, uint16_t act, const void *mutex,
		       const void *site, const void *frame)
{
	struct thread *self = thread_self();
	struct misuse misuse = {
		.rule = rule,
		.act = act,
		.lock = mutex,
		.site = site,
		.frame = frame,
	};

	if (!self || self->busy || !glib_mutex_taken(mutex))
		return;
	note_held(self, &misuse, tree_holds(self, mutex) ? self->tid : 0);
}

void glib_check_init(const void *mutex, const void *site, const void *frame)
{
	check_free(TRACE_MISUSE_double_init, TRACE_ACT_g_mutex_init, mutex, site, frame);
}

void glib_check_clear(const void *mutex, const void *site, const void *frame)
{
	check_free(TRACE_MISUSE_destroy_locked, TRACE_ACT_g_mutex_clear, mutex, site, frame);
}

void glib_check_wait(struct thread *self, const void *cond, uint16_t op,
		     const struct acquire *again)
{
	struct party party;
	struct slow slow;
	bool known;

	if (self->busy)
		return;
	slow_begin(&slow, self);
	known = party_holding(again->lock, 0, self, &party);
	/* Else its own hold may not have been recorded. */
	if (known || !glib_mutex_taken(again->lock))
		cond_note_unlocked(self, cond, op, again, known ? &party : NULL);
	slow_end(&slow);
}
