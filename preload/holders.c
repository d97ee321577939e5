/*
 * Owns the step from what is waited for to who has it.
 *
 * The memory of a lock that another thread waits for may be gone when that wait is over. So it is
 * read only when all of a circle was seen to wait (holder_find), and else held stacks have to do.
 *
 * An entry on a held stack may be one that its thread does not have yet (trace_format.h, held), in
 * a thread whose handler waits for something else. So what the lock itself says has to agree: a
 * mutex names its owner, a read-write lock its writer or how many read it; of the others, that
 * there is just one such entry.
 */
#include "holders.h"

#include "families.h"
#include "lock_misuse.h"
#include "roster.h"
#include "system.h"

#include <string.h>

static const uint16_t op_flags[] = {
#define O(code, name, function, kind, flags) [code] = flags,
	TRACE_OPS(O)
#undef O
};

static unsigned flags_of(uint32_t op)
{
	return op < sizeof(op_flags) / sizeof(op_flags[0]) ? op_flags[op] : TRACE_OP_TIMED;
}

bool hop_read(struct thread *thread, struct hop *hop)
{
	const struct trace_held *held = __atomic_load_n(&thread->held, __ATOMIC_ACQUIRE);

	if (!held)
		return false;
	hop->thread = thread;
	hop->since = __atomic_load_n(&held->want_since, __ATOMIC_ACQUIRE);
	if (!hop->since)
		return false;
	hop->want = __atomic_load_n(&held->want, __ATOMIC_ACQUIRE);
	hop->op = held->want_op;
	hop->stack = held->want_stack;
	hop->node = 0;
	/* It stood there all the time. */
	return hop->want && __atomic_load_n(&held->want_since, __ATOMIC_ACQUIRE) == hop->since &&
	       !(flags_of(hop->op) & (TRACE_OP_TIMED | TRACE_OP_TRY));
}

static bool waits(const struct thread *thread)
{
	const struct trace_held *held = __atomic_load_n(&thread->held, __ATOMIC_ACQUIRE);

	return held && __atomic_load_n(&held->want_since, __ATOMIC_ACQUIRE);
}

/* The thread that is joined. */
static struct thread *joined(const struct hop *hop)
{
	uint32_t ref = (uint32_t)hop->want;
	const struct trace_thread *record = trace_at(ref);
	struct thread *thread = record ? roster_of((int)record->tid) : NULL;

	return thread && thread->ref == ref ? thread : NULL;
}

/* Whether both may have the lock at once. */
static bool goes_together(const struct hop *hop, uint32_t node_ref)
{
	const struct trace_node *node = trace_at(node_ref);

	return flags_of(hop->op) & TRACE_OP_SHARED && node && op_is_shared(node->op);
}

/* The entry that keeps the hop's thread out; NULL: it has none. */
static const struct trace_held_entry *entry_of(const struct thread *thread, const struct hop *hop)
{
	const struct trace_held *held = __atomic_load_n(&thread->held, __ATOMIC_ACQUIRE);
	const struct trace_held_entry *entries = (const struct trace_held_entry *)(held + 1);

	for (uint32_t i = 0; i < held->room && entries[i].lock; i++) {
		if (entries[i].lock == hop->want && !goes_together(hop, entries[i].node))
			return &entries[i];
	}
	return NULL;
}

/* Whether a reader waits behind that thread, which waits to write. */
static bool is_ahead(const struct thread *thread, const struct hop *hop)
{
	const struct trace_held *held = thread->held;

	return op_kind((uint16_t)hop->op) == TRACE_LOCK_rwlock &&
	       flags_of(hop->op) & TRACE_OP_SHARED && held && held->want == hop->want &&
	       held->want_since && !(flags_of(held->want_op) & TRACE_OP_SHARED);
}

/* A mutex that says who its owner is. */
static bool names_owner(uint32_t op)
{
	return op_kind((uint16_t)op) == TRACE_LOCK_mutex && op_is_of_libc((uint16_t)op);
}

/* Copies what is in the lock's memory. False: it is not there any more. */
static bool copy_lock(const struct hop *hop, void *to, size_t size)
{
	const char *from = (const char *)(uintptr_t)hop->want;

	if (!sys_readable(from) || (size > 8 && !sys_readable(from + size - 8)))
		return false;
	memcpy(to, from, size);
	return true;
}

static struct thread *owner_of(const struct hop *hop)
{
	pthread_mutex_t copy;

	if (!copy_lock(hop, &copy, sizeof(copy)))
		return NULL;
	return roster_of(lock_owner((uint16_t)hop->op, &copy));
}

static bool is_owned(uint32_t op)
{
	static const bool owned[] = {
		[TRACE_LOCK_mutex] = true, [TRACE_LOCK_rwlock] = true, [TRACE_LOCK_spin] = true,
		[TRACE_LOCK_once] = true,  [TRACE_LOCK_thread] = true, [TRACE_LOCK_custom] = true,
	};
	uint16_t kind = op_kind((uint16_t)op);

	return kind < sizeof(owned) / sizeof(owned[0]) && owned[kind];
}

/* A read-write lock that is held to write: its memory is there. */
static bool names_writer(const struct hop *hop, int *writer)
{
	struct lock_state state;

	if (op_kind((uint16_t)hop->op) != TRACE_LOCK_rwlock || !op_is_of_libc((uint16_t)hop->op))
		return false;
	state = rwlock_look((const void *)(uintptr_t)hop->want);
	*writer = state.writer;
	return state.written && state.writer > 0;
}

struct thread *holder_guess(const struct hop *hop, bool first)
{
	struct thread *found = NULL;
	int writer;

	if (!is_owned(hop->op))
		return NULL;
	if (op_kind((uint16_t)hop->op) == TRACE_LOCK_thread)
		return joined(hop);
	if (first && names_owner(hop->op))
		return roster_of(lock_owner((uint16_t)hop->op, (const void *)(uintptr_t)hop->want));
	if (first && names_writer(hop, &writer))
		return roster_of(writer);
	if (entry_of(current_thread, hop))
		return current_thread;
	for (unsigned i = 0; i < roster_places(); i++) {
		struct thread *thread = roster_at(i);

		if (!thread || !waits(thread) ||
		    !(entry_of(thread, hop) || (thread != hop->thread && is_ahead(thread, hop))))
			continue;
		found = thread;
	}
	return found;
}

/* All who have it. */
struct census {
	const struct hop *hop;
	struct thread *preferred, *waiting, *writer;
	uint32_t exclusive, shared;
};

static bool count(struct thread *thread, void *context)
{
	struct census *census = context;
	const struct trace_held *held = thread->held;
	const struct trace_held_entry *entries = (const struct trace_held_entry *)(held + 1);
	bool keeps_out = entry_of(thread, census->hop);

	for (uint32_t i = 0; i < held->room && entries[i].lock; i++) {
		const struct trace_node *node = trace_at(entries[i].node);

		if (entries[i].lock != census->hop->want)
			continue;
		if (node && op_is_shared(node->op))
			census->shared++;
		else
			census->exclusive++;
	}
	if (keeps_out && waits(thread) && census->waiting != census->preferred)
		census->waiting = thread;
	if (thread != census->hop->thread && is_ahead(thread, census->hop))
		census->writer = thread;
	return false;
}

/* Whether a read-write lock's memory says what the held stacks say. */
static bool rwlock_agrees(const struct census *census)
{
	const struct hop *hop = census->hop;
	struct lock_state state;
	pthread_rwlock_t copy;

	if (!op_is_of_libc((uint16_t)hop->op))
		return census->exclusive + (census->shared != 0) == 1;
	if (!copy_lock(hop, &copy, sizeof(copy)))
		return false;
	state = rwlock_look(&copy);
	if (census->exclusive)
		return census->exclusive == 1 && !census->shared && state.written &&
		       census->waiting && state.writer == census->waiting->tid;
	return census->shared && !state.written && state.readers == census->shared;
}

static bool agrees(const struct census *census)
{
	const struct hop *hop = census->hop;
	uint64_t spin;

	if (op_kind((uint16_t)hop->op) == TRACE_LOCK_rwlock)
		return rwlock_agrees(census);
	if (census->exclusive + (census->shared != 0) != 1)
		return false;
	if (op_kind((uint16_t)hop->op) != TRACE_LOCK_spin)
		return true;
	return copy_lock(hop, &spin, sizeof(pthread_spinlock_t)) && spin_look(&spin).written;
}

/* A reader of a lock that lets writers go first. */
static struct thread *writer_ahead(const struct census *census)
{
	pthread_rwlock_t copy;

	if (!census->writer || !op_is_of_libc((uint16_t)census->hop->op) ||
	    !copy_lock(census->hop, &copy, sizeof(copy)) ||
	    !(rwlock_flags(&copy) & TRACE_LOCK_WRITER_FIRST) || rwlock_look(&copy).written)
		return NULL;
	return census->writer;
}

struct thread *holder_find(const struct hop *hop, struct thread *preferred, uint32_t *node)
{
	struct census census = {.hop = hop, .preferred = preferred};
	const struct trace_held_entry *entry;
	struct thread *found;

	*node = 0;
	if (!is_owned(hop->op))
		return NULL;
	if (op_kind((uint16_t)hop->op) == TRACE_LOCK_thread)
		return joined(hop);
	if (names_owner(hop->op)) {
		found = owner_of(hop);
	} else {
		threads_find(count, &census);
		found = census.waiting;
		if (!found)
			return writer_ahead(&census);
		if (!agrees(&census))
			return NULL;
	}
	/* A program's own lock may be one that can be entered again. */
	if (found == hop->thread && op_kind((uint16_t)hop->op) == TRACE_LOCK_custom)
		return NULL;
	entry = found ? entry_of(found, hop) : NULL;
	if (entry)
		*node = entry->node;
	return entry ? found : NULL;
}
