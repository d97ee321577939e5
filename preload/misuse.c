/* Owns the misuse records of this trace, and which are there already. */
#include "misuse.h"

#include "address_map.h"
#include "between.h"
#include "families.h"
#include "locks.h"
#include "twins.h"

enum {
	/* Records at most, and locks told apart at one place. What comes after them is counted in
	 * the place's first record. */
	MAX_RECORDS = 16384,
	MAX_LOCKS_AT_PLACE = 64,
};

/* Keys -> references of misuse records. A place's value has the number of its locks above that. */
static struct address_map records, places;
static uint32_t record_count;

static uint64_t key_of(const struct misuse *misuse, uint32_t stack, uint32_t lock, uint32_t target)
{
	uint64_t key = (uint64_t)stack << 32 | lock;

	key = (key ^ key >> 29) * LOCK_HASH_FACTOR;
	key ^= (uint64_t)misuse->rule << 48 | (uint64_t)misuse->act << 32 | target;
	key = (key ^ key >> 31) * LOCK_HASH_FACTOR;
	return key | 1;
}

/* Whether locks of that act are laid out as the C library's, as far as that is certain. */
static bool is_libc_act(uint16_t act)
{
	if (op_kind(act))
		return op_is_of_libc(act);
	return act <= TRACE_ACT_cnd_broadcast || (act >= TRACE_ACT_free && act <= TRACE_ACT_use);
}

static uint32_t lock_ref(struct thread *self, const struct misuse *misuse, const void *lock,
			 uint16_t kind, struct stack *stack)
{
	const struct lock *known;
	uint16_t flags;

	if (!lock)
		return 0;
	kind = kind ? kind : TRACE_LOCK_mutex;
	known = locks_find(lock);
	if (known && known->kind == kind && known->op)
		flags = lock_flags(known->op, lock);
	else if (op_kind(misuse->act) == kind)
		flags = lock_flags(misuse->act, lock);
	else
		flags = is_libc_act(misuse->act) ? kind_flags(kind, lock) : 0;
	return locks_ref_any(self, lock, kind, flags, stack);
}

/* All that is referred to must be there before the record is begun. */
static struct trace_misuse *write_record(struct thread *self, const struct misuse *misuse,
					 uint32_t lock, struct stack *stack, uint32_t stack_ref)
{
	uint32_t other_lock = lock_ref(self, misuse, misuse->other_lock, misuse->other_kind, stack);
	uint32_t with = lock_ref(self, misuse, misuse->with, misuse->with_kind, stack);
	uint32_t other_stack = misuse->other_stack;
	struct trace_misuse *record;

	if (!other_stack)
		other_stack = stacks_ref(misuse->other_place);
	twins_forget(misuse->other_thread);
	twins_forget(misuse->target);
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_misuse, sizeof(*record));
	if (!record)
		return NULL;
	record->rule = (uint16_t)misuse->rule;
	record->act = misuse->act;
	record->other_act = misuse->other_act;
	between_named_lock(lock);
	between_named_lock(with);
	between_named_lock(other_lock);
	record->thread = misuse->thread ? misuse->thread : self->ref;
	record->lock = lock;
	record->stack = stack_ref;
	record->with = with;
	record->other_thread = misuse->other_thread;
	record->other_stack = other_stack;
	record->other_lock = other_lock;
	record->target = misuse->target;
	record->value = misuse->value;
	trace_commit(&recorder_cursor, record);
	record_count++;
	return record;
}

/* A record of this place that stands for this lock too; *place: what is known of the place. */
static struct trace_misuse *find_record(uint64_t key, uint64_t place_key, uint64_t *place)
{
	uint32_t ref = (uint32_t)address_map_get(&records, key);

	*place = address_map_get(&places, place_key);
	if (!ref && (*place >> 32 >= MAX_LOCKS_AT_PLACE || record_count >= MAX_RECORDS))
		ref = (uint32_t)*place;
	return trace_at(ref);
}

struct trace_misuse *misuse_record(struct thread *self, const struct misuse *misuse)
{
	struct stack *stack = misuse->site ? stacks_at(self, misuse->site, misuse->frame) : NULL;
	uint32_t lock = misuse->lock_ref
				? misuse->lock_ref
				: lock_ref(self, misuse, misuse->lock, misuse->kind, stack);
	uint32_t stack_ref = misuse->stack ? misuse->stack : stacks_ref(stack);
	/* What has no place of its own, as the end of a thread, is told by its cause. */
	uint32_t where = stack_ref ? stack_ref : misuse->other_stack;
	uint64_t key = key_of(misuse, where, lock, misuse->target);
	uint64_t place_key = key_of(misuse, where, 0, 0), place;
	struct trace_misuse *record = find_record(key, place_key, &place);

	if (!record && record_count >= MAX_RECORDS) {
		trace_drop(TRACE_DROP_no_space);
		return NULL;
	}
	if (!record) {
		record = write_record(self, misuse, lock, stack, stack_ref);
		if (!record)
			return NULL;
		address_map_put(&records, key, trace_ref(record));
		if (!place)
			place = trace_ref(record);
		address_map_put(&places, place_key, place + (UINT64_C(1) << 32));
	}
	record->count++;
	return record;
}

void misuse_note(struct thread *self, const struct misuse *misuse)
{
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	misuse_record(self, misuse);
	slow_end(&slow);
}

void misuse_blame(struct misuse *misuse, const struct party *party)
{
	misuse->other_thread = party->thread;
	misuse->other_stack = party->stack;
	misuse->other_act = party->op;
}

void misuse_reset(void)
{
	address_map_clear(&records);
	address_map_clear(&places);
	record_count = 0;
}
