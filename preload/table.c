/* Owns the tables of situations: searched, filled, grown, used again. */
#include "table.h"

#include <string.h>

enum {
	FIRST_SLOTS = 32,
	LARGEST_SLOTS = 1 << 18, /* 8 MiB */
	LINE = 64,
	PROBES = 16, /* slots that a key may be in */
	CLASSES = 32,
};

/* Retired tables by the logarithm of their slots, linked through their first slots. */
static struct trace_counts *retired[CLASSES];
static struct trace_cursor cursor;

static struct trace_slot *slots_of(struct trace_counts *counts)
{
	return (struct trace_slot *)((char *)counts + counts->first);
}

static uint32_t slot_count(const struct thread *self)
{
	return (uint32_t)(self->mask / sizeof(struct trace_slot)) + 2;
}

/* The index of the first slot of a key's bucket. */
static uint64_t table_home(const struct thread *self, uint64_t key)
{
	return (key >> 15 & self->mask) / sizeof(struct trace_slot);
}

static unsigned class_of(uint32_t slots)
{
	return 31 - (unsigned)__builtin_clz(slots);
}

/* Moves a key that was found away from its bucket into it, in place of a rarer one. Only one that
 * has the same home: for others the way to the slot might not be there. */
static struct trace_slot *bring_near(struct thread *self, struct trace_slot *slot, uint64_t home)
{
	struct trace_slot *pair = self->slots + home;
	struct trace_slot *rarer = pair[0].count < pair[1].count ? &pair[0] : &pair[1];
	struct trace_slot moved = *slot;

	if (rarer->count >= slot->count || table_home(self, rarer->key) != home)
		return slot;
	*slot = *rarer;
	*rarer = moved;
	return rarer;
}

struct trace_slot *table_find(struct thread *self, uint64_t key)
{
	uint64_t home = table_home(self, key), probe = 0;
	struct trace_slot *slot = self->slots + home;

	while (slot->key && slot->key != key && ++probe < PROBES)
		slot = self->slots + (home ^ probe);
	if (slot->key != key)
		return NULL;
	return probe < 2 ? slot : bring_near(self, slot, home);
}

/* Not in the trace yet. */
static struct trace_counts *new_table(uint32_t slots)
{
	size_t size = sizeof(struct trace_counts) + LINE + slots * sizeof(struct trace_slot);
	struct trace_counts *counts = trace_alloc(&cursor, TRACE_TYPE_counts, size);
	uintptr_t end = (uintptr_t)(counts + 1);

	if (!counts)
		return NULL;
	counts->first = (uint32_t)(((end + LINE - 1) & ~(uintptr_t)(LINE - 1)) - (uintptr_t)counts);
	return counts;
}

static struct trace_counts *take_retired(uint32_t slots)
{
	struct trace_counts *counts = retired[class_of(slots)];

	if (!counts)
		return NULL;
	memcpy(&retired[class_of(slots)], slots_of(counts), sizeof(counts));
	memset(slots_of(counts), 0, slots * sizeof(struct trace_slot));
	return counts;
}

static void retire(struct trace_counts *counts)
{
	unsigned class = class_of(counts->slots);

	__atomic_store_n(&counts->slots, 0, __ATOMIC_RELEASE);
	counts->thread = 0;
	memcpy(slots_of(counts), &retired[class], sizeof(counts));
	retired[class] = counts;
}

static void use(struct thread *self, struct trace_counts *counts, uint32_t slots)
{
	self->counts = counts;
	self->slots = slots_of(counts);
	self->mask = (slots - 2) * sizeof(struct trace_slot);
	self->used = 0;
	self->limit = slots / 3;
}

static void fold(const struct trace_slot *slot)
{
	struct trace_node *node = trace_at(slot->node);

	if (node)
		node->count += slot->count;
}

uint64_t table_life(uint32_t ref)
{
	uint64_t life = 0;

	for (const struct trace_node *node = trace_at(ref); node; node = trace_at(node->parent)) {
		const struct trace_lock *lock = trace_at(node->lock);

		if (!lock || lock->flags & TRACE_LOCK_DESTROYED)
			return 0;
		life += lock->lives;
	}
	return life;
}

/*
 * Takes the place of the rarer key of the bucket, which is found again the slow way. Both start
 * anew, so that what was frequent once does not stay for ever.
 */
static struct trace_slot *replace(struct thread *self, const struct trace_slot *from)
{
	struct trace_slot *pair = self->slots + table_home(self, from->key);
	struct trace_slot *rarer = pair[0].count < pair[1].count ? &pair[0] : &pair[1];

	for (unsigned i = 0; i < 2; i++) {
		fold(&pair[i]);
		pair[i].count = 0;
	}
	*rarer = *from;
	return rarer;
}

static struct trace_slot *place(struct thread *self, const struct trace_slot *from)
{
	uint64_t home = table_home(self, from->key), probe = 0;

	while (probe < PROBES && self->slots[home ^ probe].key)
		probe++;
	if (probe == PROBES)
		return replace(self, from);
	self->used++;
	self->slots[home ^ probe] = *from;
	return &self->slots[home ^ probe];
}

/* A key of a lock that is gone, or of an epoch that is over, will not come again. */
static bool is_dead(const struct thread *self, const struct trace_slot *slot)
{
	return slot->epoch != self->epoch || !slot->life || slot->life != table_life(slot->node);
}

static uint32_t count_live(const struct thread *self)
{
	uint32_t live = 0;

	for (uint32_t i = 0; i < slot_count(self); i++)
		live += self->slots[i].key && !is_dead(self, &self->slots[i]);
	return live;
}

/* Moves to a table that has room: a larger one, or one without dead keys. */
static bool move(struct thread *self)
{
	uint32_t slots = slot_count(self), old_slots = slots;
	struct trace_counts *old = self->counts, *counts;
	bool whole = false;

	if (count_live(self) > slots / 6)
		slots *= 2;
	counts = slots <= LARGEST_SLOTS ? take_retired(slots) : NULL;
	if (!counts && slots <= LARGEST_SLOTS) {
		counts = new_table(slots);
		whole = true;
	}
	if (!counts)
		return false;
	use(self, counts, slots);
	for (uint32_t i = 0; i < old_slots; i++) {
		const struct trace_slot *slot = &slots_of(old)[i];

		if (slot->key && is_dead(self, slot))
			fold(slot);
		else if (slot->key)
			place(self, slot);
	}
	counts->thread = self->ref;
	__atomic_store_n(&counts->slots, slots, __ATOMIC_RELEASE);
	if (whole)
		trace_commit(&cursor, counts);
	retire(old);
	return true;
}

struct trace_slot *table_put(struct thread *self, uint64_t key, uint32_t node)
{
	const struct trace_slot slot = {
		.key = key,
		.node = node,
		.epoch = self->epoch,
		.life = table_life(node),
	};

	if (!self->counts)
		return NULL;
	/* Where it cannot grow it fills up, and in the end forgets. */
	if (self->used >= self->limit && !move(self))
		self->limit = UINT32_MAX;
	return place(self, &slot);
}

uint64_t table_take_count(struct thread *self, uint32_t node, uint64_t life)
{
	uint64_t count = 0;

	for (uint32_t i = 0; self->counts && i < slot_count(self); i++) {
		struct trace_slot *slot = &self->slots[i];

		if (!slot->key || slot->node != node || slot->life != life)
			continue;
		count += slot->count;
		slot->count = 0;
	}
	return count;
}

bool table_give(struct thread *thread)
{
	struct trace_counts *counts = take_retired(FIRST_SLOTS);
	bool whole = !counts;

	if (!counts)
		counts = new_table(FIRST_SLOTS);
	if (!counts)
		return false;
	use(thread, counts, FIRST_SLOTS);
	counts->slots = FIRST_SLOTS;
	if (whole)
		trace_commit(&cursor, counts);
	return true;
}

void table_take(struct thread *thread)
{
	if (!thread->counts)
		return;
	for (uint32_t i = 0; i < slot_count(thread); i++)
		fold(&thread->slots[i]);
	retire(thread->counts);
	thread->counts = NULL;
	thread->slots = NULL;
}

void table_forget_all(void)
{
	memset(retired, 0, sizeof(retired));
	cursor = (struct trace_cursor){NULL, 0};
}
