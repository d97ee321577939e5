/* Writes what the trace says of locks. */
#include "lock_records.h"

#include "between.h"
#include "file_locks.h"
#include "identity.h"
#include "modules.h"
#include "pool.h"
#include "twins.h"

static void fill_record(struct trace_lock *record, const struct lock *lock, uint32_t flags)
{
	record->address = lock_place(lock->address);
	record->kind = lock->kind;
	record->flags = flags;
	if (lock->init_seen)
		record->flags |= TRACE_LOCK_INIT_SEEN;
	if (lock->opened)
		record->flags |= TRACE_LOCK_OPENED;
	if (lock->ordering)
		record->flags |= TRACE_LOCK_ORDERING;
	else if (lock->provisional)
		record->flags |= TRACE_LOCK_PROVISIONAL;
	record->created_by = lock->created_by;
	record->generation = modules_generation();
	record->lives = lock->lives;
}

/* A lock with an identity of its own. A spin lock does not remember that it is shared: where it
 * lies decides. */
bool lock_record_may_be_shared(const struct lock *lock, uint32_t flags)
{
	return flags & TRACE_LOCK_SHARED || lock->kind == TRACE_LOCK_file ||
	       (lock->kind == TRACE_LOCK_spin && identity_shared_memory);
}

uint32_t lock_record_write(struct lock *lock, uint32_t flags)
{
	struct trace_lock *record;
	uint32_t stack = stacks_ref(lock->created);

	record = trace_alloc(&recorder_cursor, TRACE_TYPE_lock, sizeof(*record));
	if (!record)
		return 0;
	lock->lives = 1;
	fill_record(record, lock, flags);
	record->created_stack = stack;
	trace_commit(&recorder_cursor, record);
	lock->ref = trace_ref(record);
	if (!lock->alone && !between_begin(lock))
		twins_named(record->created_by);
	labels_write(lock->address, lock->ref);
	if (lock->kind == TRACE_LOCK_file)
		file_lock_identity(lock->ref, (const void *)lock->address);
	else if (lock_record_may_be_shared(lock, record->flags))
		identity_write(lock->ref, lock->address);
	return lock->ref;
}

void lock_record_pass(struct lock *lock, struct trace_lock *record, uint32_t lives)
{
	struct trace_lock *used = trace_at(lock->ref);

	record->address = used->address;
	record->kind = used->kind;
	record->flags = used->flags & ~TRACE_LOCK_PROVISIONAL;
	record->created_stack = used->created_stack;
	record->created_by = used->created_by;
	record->generation = used->generation;
	record->lives = lives;
	if (used->flags & TRACE_LOCK_PROVISIONAL)
		used->flags ^= TRACE_LOCK_PROVISIONAL | TRACE_LOCK_ORDERING;
	used->flags |= TRACE_LOCK_DESTROYED;
	used->lives = lock->lives - 1;
	lock->from = lock->ref;
	lock->ref = trace_ref(record);
	between_moved(lock->from, lock->ref);
	lock->lives = lives;
	lock->provisional = false;
	locks_forget_key((const void *)(uintptr_t)lock->address);
}

void lock_record_renew(struct lock *lock)
{
	struct trace_lock *record = trace_alloc(&recorder_cursor, TRACE_TYPE_lock, sizeof(*record));
	struct lock before = *lock;

	if (!record)
		return;
	lock_record_pass(lock, record, 1);
	if (!between_has(lock->ref))
		twins_named(record->created_by);
	lock->full = false;
	trace_commit(&recorder_cursor, record);
	before.lives--;
	pool_keep(&before);
	labels_write(lock->address, lock->ref);
}

void lock_record_reuse(struct lock *lock, uint32_t flags)
{
	fill_record(trace_at(lock->ref), lock, flags);
	if (between_is_kind(lock) && !between_begin(lock) && lock->lives == 1)
		twins_named(lock->created_by);
}
