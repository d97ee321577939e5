/* Owns the table of live locks. */
#include "locks.h"

#include "address_map.h"
#include "alone.h"
#include "arena.h"
#include "between.h"
#include "families.h"
#include "frames.h"
#include "lock_filter.h"
#include "lock_records.h"
#include "modules.h"
#include "nesting.h"
#include "pool.h"
#include "provisional.h"
#include "twins.h"

uint32_t lock_generations[1 << LOCK_GENERATION_BITS];
uintptr_t lock_roles[1 << LOCK_ROLE_BITS];
uint32_t locks_turned;
static struct address_map live;
static size_t annotated_locks; /* of these */

/* Those that were asked for last, by address: of one operation on a lock it is asked many times. */
enum { RECENT_BITS = 6 };
static struct lock *recent[1 << RECENT_BITS];

static struct lock **recent_of(uint64_t address)
{
	return &recent[address * LOCK_HASH_FACTOR >> (64 - RECENT_BITS)];
}

struct lock *locks_find(const void *address)
{
	struct lock **known = recent_of((uintptr_t)address), *lock = *known;

	if (lock && lock->address == (uintptr_t)address)
		return lock;
	lock = (struct lock *)(uintptr_t)address_map_get(&live, (uintptr_t)address);
	if (lock)
		*known = lock;
	return lock;
}

static void bump(uint64_t address)
{
	__atomic_fetch_add(lock_generation((const void *)(uintptr_t)address), LOCK_GENERATION_STEP,
			   __ATOMIC_RELAXED);
}

bool locks_maybe_in(uint64_t start, uint64_t size)
{
	return size && live.count && lock_filter_maybe(start, start + size - 1);
}

static uintptr_t *role_of(uint64_t address)
{
	return &lock_roles[address * LOCK_HASH_FACTOR >> (64 - LOCK_ROLE_BITS)];
}

static void forget_role(uint64_t address)
{
	uintptr_t *role = role_of(address);

	if ((*role & ~(uintptr_t)3) == address)
		__atomic_store_n(role, 0, __ATOMIC_RELAXED);
}

static void end_life(struct lock *lock)
{
	struct trace_lock *record;

	if (lock->provisional)
		provisional_end(lock);
	if (lock->alone)
		alone_end(lock);
	record = trace_at(lock->ref);
	if (record)
		record->flags |= TRACE_LOCK_DESTROYED;
	if (!between_end(lock))
		pool_put(lock);
	bump(lock->address);
	nesting_forget(lock);
	forget_role(lock->address);
	if (*recent_of(lock->address) == lock)
		*recent_of(lock->address) = NULL;
	frames_leave(lock);
	lock_filter_change(lock->address, -1);
	labels_end(lock->address);
	annotated_locks -= lock->address >= LOCK_ANNOTATED;
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
	twins_made(self, lock->address);
	if (address_map_put(&live, lock->address, (uintptr_t)lock)) {
		lock->in_module = modules_note((void *)(uintptr_t)lock_place(lock->address));
		lock_filter_change(lock->address, 1);
		annotated_locks += lock->address >= LOCK_ANNOTATED;
		*recent_of(lock->address) = lock;
		return lock;
	}
	arena_free(lock, sizeof(*lock));
	return NULL;
}

void locks_init(struct thread *self, const void *address, uint16_t kind, struct stack *created)
{
	struct lock *lock = locks_find(address);

	if (lock)
		end_life(lock);
	lock = begin_life(self, address, kind);
	if (!lock)
		return;
	lock->created = created;
	lock->init_seen = true;
	frames_enter(self, lock, created);
}

enum locks_role locks_find_role(const void *address)
{
	struct lock *lock = locks_find(address);
	uintptr_t role = (uintptr_t)address;

	if (lock && lock->ordering)
		role |= lock->amount == LOCK_UNCOUNTED ? 3 : 1;
	else if (lock && lock->counted)
		role |= 2;
	__atomic_store_n(role_of((uintptr_t)address), role, __ATOMIC_RELAXED);
	return role & 1 ? LOCKS_ORDERING : LOCKS_HELD;
}

/* It is no lock any more: neither in its record, if it has one, nor where it is held. */
static void turn(struct lock *lock)
{
	struct trace_lock *record = trace_at(lock->ref);

	if (!record)
		return;
	record->flags = (record->flags & ~TRACE_LOCK_PROVISIONAL) | TRACE_LOCK_ORDERING;
	bump(lock->address);
	/* Whoever sees the number sees the flag. */
	__atomic_fetch_add(&locks_turned, 1, __ATOMIC_RELEASE);
}

void locks_inherit(struct thread *self, const void *address)
{
	struct lock *lock = locks_find(address);

	if (!lock || !pool_has_same(lock) ||
	    !locks_ref_any(self, address, TRACE_LOCK_semaphore, 0, NULL))
		return;
	self->heir = (struct heir){lock->address, lock_generation_of(address), lock->ref};
}

void locks_set_ordering(struct thread *self, const void *address)
{
	struct lock *lock = locks_find(address);
	uint32_t flags;

	if (lock && lock->kind != TRACE_LOCK_semaphore) {
		end_life(lock);
		lock = NULL;
	}
	if (!lock)
		lock = begin_life(self, address, TRACE_LOCK_semaphore);
	if (!lock)
		return;
	lock->ordering = true;
	__atomic_store_n(role_of(lock->address), lock->address | 1, __ATOMIC_RELAXED);
	if (lock->lives > 1 && !lock->provisional)
		nesting_part(lock);
	/* Other processes may take it for a lock: what is known here must reach the analysis. */
	flags = lock_flags(TRACE_OP_sem_wait, address);
	if (!lock->ref && flags & TRACE_LOCK_SHARED)
		lock_record_write(lock, flags);
	turn(lock);
}

void locks_set_stray(const void *address)
{
	struct lock *lock = locks_find(address);

	if (!lock)
		return;
	if (lock->lives > 1)
		nesting_renew(lock);
	lock->ordering = true;
	/* Another process may hold it, as it seems there. */
	if (!lock->ref && lock->kind == TRACE_LOCK_file)
		lock_record_write(lock, 0);
	turn(lock);
}

bool locks_is_part(struct thread *self, const void *address, uint8_t part)
{
	struct lock *lock = locks_find(address);

	if (lock && lock->kind != TRACE_LOCK_custom) {
		end_life(lock);
		lock = NULL;
	}
	if (!lock) {
		lock = begin_life(self, address, TRACE_LOCK_custom);
		if (lock)
			lock->part = part;
	}
	if (lock && lock->part != part && !lock->ordering)
		locks_set_stray(address);
	return lock && lock->part == part && !lock->ordering;
}

bool locks_open(struct thread *self, const void *address, struct stack *opened, bool fresh)
{
	struct lock *lock = locks_find(address);

	if (lock && lock->opens) {
		lock->opens++;
		return false;
	}
	locks_init(self, address, TRACE_LOCK_semaphore, opened);
	lock = locks_find(address);
	if (lock) {
		lock->opens = 1;
		lock->opened = !fresh;
	}
	return true;
}

void locks_close(const void *address)
{
	struct lock *lock = locks_find(address);

	if (lock && lock->opens && --lock->opens == 0)
		end_life(lock);
}

void locks_destroy(const void *address)
{
	struct lock *lock = locks_find(address);

	if (lock)
		end_life(lock);
}

static void visit_at(uint64_t address, locks_visit *visit, void *context)
{
	struct lock *lock = locks_find((void *)(uintptr_t)address);

	if (lock)
		visit(lock, context);
}

/* A range is looked up address by address where the filter allows. Annotated locks have any
 * alignment, others are aligned to 4 bytes at least. */
static void visit_small_range(uint64_t start, uint64_t end, locks_visit *visit, void *context)
{
	const uint64_t granule = 1 << LOCK_GRANULE_SHIFT, step = annotated_locks ? 1 : 4;

	for (uint64_t at = lock_filter_next(start, end - 1); at < end;
	     at = lock_filter_next(at + granule, end - 1)) {
		for (uint64_t address = at; address < at + granule; address += step) {
			if (address < start || address >= end)
				continue;
			visit_at(address, visit, context);
			if (annotated_locks)
				visit_at(address | LOCK_ANNOTATED, visit, context);
		}
	}
}

void locks_each_in(uint64_t start, uint64_t end, locks_visit *visit, void *context)
{
	/* The filter is looked at eight blocks at a time. */
	if (start < end && (end - start) >> (LOCK_BLOCK_SHIFT + 3) < live.count) {
		visit_small_range(start, end, visit, context);
		return;
	}
	for (size_t i = 0; i < live.count; i++) {
		uint64_t key;

		/* Removal moves a later entry here. */
		do {
			key = live.slots[i].key;
			if (key && lock_place(key) >= start && lock_place(key) < end)
				visit((struct lock *)(uintptr_t)live.slots[i].value, context);
		} while (live.slots[i].key != key);
	}
}

static void end_visited(struct lock *lock, void *context)
{
	(void)context;
	end_life(lock);
}

void locks_end_range(uint64_t start, uint64_t end)
{
	locks_each_in(start, end, end_visited, NULL);
}

/* A lock that was labelled before its first use showed that it is an annotated one. */
static void take_label(const struct lock *lock)
{
	struct lock *labelled;

	if (!(lock->address & LOCK_ANNOTATED))
		return;
	labelled = locks_find((void *)(uintptr_t)lock_place(lock->address));
	if (!labelled || labelled->kind)
		return;
	labels_move(labelled->address, lock->address);
	end_life(labelled);
}

void locks_label(struct thread *self, const void *address, const struct label_change *change)
{
	struct lock *lock = locks_find((void *)((uintptr_t)address | LOCK_ANNOTATED));

	if (!lock)
		lock = locks_find(address);
	if (!lock)
		lock = begin_life(self, address, 0);
	if (!lock) {
		trace_drop(TRACE_DROP_no_memory);
		return;
	}
	nesting_own(self, lock);
	labels_set(lock->address, lock->ref, change);
}

uint32_t locks_ref(struct thread *self, const void *address, uint16_t op, struct stack *used)
{
	struct lock *lock = locks_find(address);

	/* Something else lives there now: the end of the old life went unseen. */
	if (lock && lock->kind && lock->kind != op_kind(op)) {
		end_life(lock);
		lock = NULL;
	}
	if (!lock)
		lock = begin_life(self, address, 0);
	if (lock)
		lock->op = op;
	return locks_ref_any(self, address, op_kind(op), lock_flags(op, address), used);
}

/* Who made a lock without a call: whoever uses it first, for all that is known, unless it lies in a
 * frame of the first thread. */
static uint32_t maker_of(const struct lock *lock)
{
	const struct thread *first = thread_first;

	if (!lock->init_seen && first && lock->address >= first->stack_low &&
	    lock->address < first->stack_high)
		return first->ref;
	return lock->created_by;
}

/* Whatever lives there, or a new life. NULL: no memory. */
static struct lock *live_any(struct thread *self, const void *address, uint16_t kind,
			     struct stack *used)
{
	struct lock *lock = locks_find(address);

	if (!lock)
		lock = begin_life(self, address, 0);
	if (!lock) {
		trace_drop(TRACE_DROP_no_memory);
		return NULL;
	}
	if (!lock->kind) {
		lock->kind = kind;
		lock->created_by = maker_of(lock);
		frames_enter(self, lock, used);
		take_label(lock);
	}
	if (!lock->created)
		lock->created = used;
	return lock;
}

struct lock *locks_live(struct thread *self, const void *address, uint16_t kind, struct stack *used)
{
	struct lock *lock = locks_find(address);

	if (lock && lock->kind && lock->kind != kind)
		end_life(lock);
	return live_any(self, address, kind, used);
}

void locks_set_amount(const void *address, uint32_t amount)
{
	struct lock *lock = locks_find(address);

	if (lock)
		lock->amount = amount < LOCK_UNCOUNTED ? (uint16_t)amount : 0;
}

uint32_t locks_ref_any(struct thread *self, const void *address, uint16_t kind, uint32_t flags,
		       struct stack *used)
{
	struct lock *lock = live_any(self, address, kind, used);

	if (!lock)
		return 0;
	if (lock->ref)
		return lock->ref;
	if (lock->alone ? !alone_take(lock)
			: labels_has(lock->address) || lock_record_may_be_shared(lock, flags) ||
				  !(between_take(lock) || pool_take(lock, self)))
		return lock_record_write(lock, flags);
	lock_record_reuse(lock, flags);
	return lock->ref;
}

void locks_forget_key(const void *address)
{
	bump((uintptr_t)address);
}

void locks_forget_keys(void)
{
	for (size_t i = 0; i < sizeof(lock_generations) / sizeof(lock_generations[0]); i++)
		__atomic_fetch_add(&lock_generations[i], LOCK_GENERATION_STEP, __ATOMIC_RELAXED);
}

void locks_reset_refs(void)
{
	pool_reset();
	for (size_t i = 0; i < live.count; i++) {
		struct lock *lock = (struct lock *)(uintptr_t)live.slots[i].value;

		if (lock) {
			lock->ref = lock->from = 0;
			lock->created_by = 0;
			lock->outer = lock->full = lock->partial = lock->counted = false;
			lock->provisional = lock->alone = lock->kept = lock->missed = false;
			lock->lives = 0;
			/* It is somewhere in between now. */
			if (lock->kind != TRACE_LOCK_custom)
				lock->amount = 0;
			nesting_forget(lock);
		}
	}
}
