/* Owns the table of live locks. */
#include "locks.h"

#include "address_map.h"
#include "arena.h"
#include "families.h"
#include "modules.h"

uint16_t lock_generations[1 << LOCK_GENERATION_BITS];
static struct address_map live;

static struct lock *find(const void *address)
{
	return (struct lock *)(uintptr_t)address_map_get(&live, (uintptr_t)address);
}

static void bump(uint64_t address)
{
	uint64_t hash = address * LOCK_HASH_FACTOR;

	__atomic_fetch_add(&lock_generations[hash >> (64 - LOCK_GENERATION_BITS)], 1,
			   __ATOMIC_RELAXED);
}

static void end_life(struct lock *lock)
{
	struct trace_lock *record = trace_at(lock->ref);

	if (record)
		record->flags |= TRACE_LOCK_DESTROYED;
	bump(lock->address);
	address_map_remove(&live, lock->address);
	arena_free(lock, sizeof(*lock));
}

static struct lock *begin_life(struct thread *self, const void *address, uint16_t kind)
{
	struct lock *lock = arena_alloc(sizeof(*lock));

	if (!lock)
		return NULL;
	lock->address = (uintptr_t)address;
	lock->kind = kind;
	lock->created_by = self->ref;
	if (address_map_put(&live, lock->address, (uintptr_t)lock))
		return lock;
	arena_free(lock, sizeof(*lock));
	return NULL;
}

void locks_init(struct thread *self, const void *address, uint16_t kind, struct stack *created)
{
	struct lock *lock = find(address);

	if (lock)
		end_life(lock);
	lock = begin_life(self, address, kind);
	if (!lock)
		return;
	lock->created = created;
	lock->init_seen = true;
}

void locks_destroy(const void *address)
{
	struct lock *lock = find(address);

	if (lock)
		end_life(lock);
}

void locks_end_range(uint64_t start, uint64_t end)
{
	for (size_t i = 0; i < live.count; i++) {
		/* Removal moves a later entry here. */
		while (live.slots[i].key >= start && live.slots[i].key < end && live.slots[i].key)
			end_life((struct lock *)(uintptr_t)live.slots[i].value);
	}
}

static void write_record(struct lock *lock)
{
	struct trace_lock *record;
	uint32_t stack = stacks_ref(lock->created);

	modules_note((void *)lock->address);
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_lock, sizeof(*record));
	if (!record)
		return;
	record->address = lock->address;
	record->kind = lock->kind;
	record->flags = lock_flags(lock->kind, (const void *)lock->address);
	if (lock->init_seen)
		record->flags |= TRACE_LOCK_INIT_SEEN;
	record->created_stack = stack;
	record->created_by = lock->created_by;
	record->generation = modules_generation();
	trace_commit(&recorder_cursor, record);
	lock->ref = trace_ref(record);
}

uint32_t locks_ref(struct thread *self, const void *address, uint16_t kind, struct stack *used)
{
	struct lock *lock = find(address);

	/* Something else lives there now: the end of the old life went unseen. */
	if (lock && lock->kind != kind) {
		end_life(lock);
		lock = NULL;
	}
	if (!lock)
		lock = begin_life(self, address, kind);
	if (!lock) {
		trace_drop(TRACE_DROP_no_memory);
		return 0;
	}
	if (!lock->created)
		lock->created = used;
	if (!lock->ref)
		write_record(lock);
	return lock->ref;
}

void locks_forget_keys(void)
{
	for (size_t i = 0; i < sizeof(lock_generations) / sizeof(lock_generations[0]); i++)
		__atomic_fetch_add(&lock_generations[i], 1, __ATOMIC_RELAXED);
}

void locks_reset_refs(void)
{
	for (size_t i = 0; i < live.count; i++) {
		struct lock *lock = (struct lock *)(uintptr_t)live.slots[i].value;

		if (lock) {
			lock->ref = 0;
			lock->created_by = 0;
		}
	}
}
