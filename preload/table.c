/* Owns the tables of situations: searched, filled, grown, used again. */
#include "table.h"

#include "arena.h"

#include <string.h>

enum {
	FIRST_NEAR = 32,
	LARGEST_NEAR = 8192, /* slots: 128 KiB */
	FIRST_INDEX = 64,
	LARGEST_INDEX = 1 << TABLE_NUMBER_BITS, /* entries: 1 MiB */
	LINE = 64,
	CLASSES = 32,
	/* So often counted, and not near: one that is may not be frequent any more. */
	FREQUENT = 256,
};

/* What is known of a situation beside its slot. */
struct met_more {
	uint64_t life;	/* table_life */
	uint32_t epoch; /* the thread's */
};

/* Retired ones by the logarithm of their slots, linked through their first slots. */
static struct trace_counts *retired[CLASSES];
static struct trace_cursor cursor;

static struct trace_slot *slots_of(struct trace_counts *counts)
{
	return (struct trace_slot *)((char *)counts + counts->first);
}

static uint32_t near_count(const struct thread *self)
{
	return (uint32_t)(self->mask / sizeof(struct trace_slot)) + 2;
}

static unsigned class_of(uint32_t slots)
{
	return 31 - (unsigned)__builtin_clz(slots);
}

static struct trace_counts *new_counts(uint32_t slots)
{
	size_t size = sizeof(struct trace_counts) + LINE + slots * sizeof(struct trace_slot);
	struct trace_counts *counts = trace_alloc(&cursor, TRACE_TYPE_counts, size);
	uintptr_t end = (uintptr_t)(counts + 1);

	if (!counts)
		return NULL;
	counts->first = (uint32_t)(((end + LINE - 1) & ~(uintptr_t)(LINE - 1)) - (uintptr_t)counts);
	counts->slots = slots;
	trace_commit(&cursor, counts);
	return counts;
}

/* So many empty slots of the thread's. NULL: no space. */
static struct trace_counts *take_counts(uint32_t slots)
{
	struct trace_counts *counts = retired[class_of(slots)];

	if (!counts)
		return new_counts(slots);
	memcpy(&retired[class_of(slots)], slots_of(counts), sizeof(counts));
	memset(slots_of(counts), 0, slots * sizeof(struct trace_slot));
	__atomic_store_n(&counts->slots, slots, __ATOMIC_RELEASE);
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

/* What was counted in the slot is in its node from now on. */
static void fold(struct trace_slot *slot)
{
	struct trace_node *node = slot->count ? trace_at(slot->node) : NULL;

	if (node)
		node->count += slot->count;
	slot->count = 0;
}

static void empty(struct trace_slot *slot)
{
	fold(slot);
	slot->key = 0;
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

/* Near */

static struct trace_slot *bucket(const struct thread *self, uint64_t key)
{
	return (struct trace_slot *)((char *)self->slots + (key >> 15 & self->mask));
}

static bool is_near(const struct thread *self, const struct trace_slot *slot)
{
	return slot >= self->slots && slot < self->slots + near_count(self);
}

static void use_near(struct thread *self, struct trace_counts *counts)
{
	counts->thread = self->ref;
	self->near = counts;
	self->slots = slots_of(counts);
	self->mask = (counts->slots - 2) * sizeof(struct trace_slot);
}

/* Where there is room for it. The slot to count in. */
static struct trace_slot *put_near(struct thread *self, struct trace_slot *slot)
{
	struct trace_slot *place = bucket(self, slot->key);

	if (place->key && (++place)->key)
		return slot;
	place->node = slot->node;
	place->count = 0;
	place->key = slot->key;
	return place;
}

static void fill_near(struct thread *self)
{
	for (uint32_t number = TABLE_FIRST; number < self->met.next; number++)
		put_near(self, table_numbered(self, number));
}

static void empty_near(struct thread *self)
{
	for (uint32_t i = 0; i < near_count(self); i++)
		empty(&self->slots[i]);
}

/* There is to be room for three times of what was met, up to a limit. */
static void grow_near(struct thread *self)
{
	uint32_t slots = near_count(self) * 2;
	struct trace_counts *old = self->near, *counts;

	if (slots > LARGEST_NEAR || self->met.next - TABLE_FIRST <= near_count(self) / 3)
		return;
	counts = take_counts(slots);
	if (!counts)
		return;
	empty_near(self);
	use_near(self, counts);
	retire(old);
	fill_near(self);
}

void table_counted(struct thread *self, struct trace_slot *slot)
{
	struct trace_slot *rarer;

	if (is_near(self, slot)) {
		/* Long before it would overflow. */
		if (slot->count >> 31)
			fold(slot);
		return;
	}
	rarer = bucket(self, slot->key);
	rarer += rarer[1].count < rarer[0].count;
	if (slot->count > rarer->count) {
		fold(slot);
		empty(rarer);
		put_near(self, slot);
	} else if (slot->count >= FREQUENT) {
		/* Both begin anew: what was frequent once does not stay for ever. */
		fold(slot);
		fold(rarer);
	}
}

/* All */

struct trace_slot *table_find(struct thread *self, uint64_t key)
{
	struct trace_slot *slot = table_near(self, key);

	return slot->key == key ? slot : table_met(self, key);
}

static uint32_t tag_of(uint64_t key)
{
	return (uint32_t)(key >> (32 + TABLE_NUMBER_BITS)) << TABLE_NUMBER_BITS;
}

static void put_index(struct table_index *index, uint64_t key, uint32_t number)
{
	uint64_t at = key >> 20;

	while (index->entries[at & index->mask])
		at++;
	index->entries[at & index->mask] = tag_of(key) | number;
}

static size_t index_size(uint64_t entries)
{
	return sizeof(struct table_index) + entries * sizeof(uint32_t);
}

static void clear_index(struct table_index *index)
{
	memset(index->entries, 0, (index->mask + 1) * sizeof(*index->entries));
}

/* What was made before it is kept: the thread may have been interrupted where it looked there. */
static bool new_index(struct thread *self, uint64_t entries)
{
	struct met *met = &self->met;
	struct table_index *index = arena_alloc(index_size(entries));
	struct met_more *more = arena_alloc(entries * sizeof(*more));
	uint64_t old = met->index ? met->index->mask + 1 : 0;

	if (!index || !more) {
		arena_free(index, index_size(entries));
		arena_free(more, entries * sizeof(*more));
		return false;
	}
	if (old)
		memcpy(more, met->more, old * sizeof(*more));
	arena_free(met->more, old * sizeof(*more));
	index->mask = entries - 1;
	index->older = met->index;
	met->more = more;
	met->index = index;
	return true;
}

static void free_older(struct thread *self)
{
	struct table_index *index, *older = self->met.index->older;

	self->met.index->older = NULL;
	while ((index = older)) {
		older = index->older;
		arena_free(index, index_size(index->mask + 1));
	}
}

static void free_index(struct thread *self)
{
	uint64_t entries = self->met.index->mask + 1;

	free_older(self);
	arena_free(self->met.more, entries * sizeof(*self->met.more));
	arena_free(self->met.index, index_size(entries));
	self->met.more = NULL;
	self->met.index = NULL;
}

static struct met_more *more_of(const struct thread *self, uint32_t number)
{
	return &self->met.more[number - TABLE_FIRST];
}

/* A key of a lock that is gone, or of an epoch that is over, will not come again. */
static bool is_dead(const struct thread *self, uint32_t number)
{
	const struct met_more *more = more_of(self, number);

	return more->epoch != self->epoch || !more->life ||
	       more->life != table_life(table_numbered(self, number)->node);
}

static void forget(struct thread *self, struct trace_slot *slot)
{
	struct trace_slot *near = table_near(self, slot->key);

	if (near->key == slot->key)
		empty(near);
	empty(slot);
}

static void forget_all(struct thread *self)
{
	for (uint32_t number = TABLE_FIRST; number < self->met.next; number++)
		forget(self, table_numbered(self, number));
	self->met.next = TABLE_FIRST;
}

/* The dead ones go, the others move up. */
static void forget_dead(struct thread *self)
{
	uint32_t kept = TABLE_FIRST;

	for (uint32_t number = TABLE_FIRST; number < self->met.next; number++) {
		struct trace_slot *slot = table_numbered(self, number);
		struct trace_slot *to = table_numbered(self, kept);

		if (is_dead(self, number)) {
			forget(self, slot);
			continue;
		}
		if (slot != to) {
			*to = *slot;
			*slot = (struct trace_slot){0};
			*more_of(self, kept) = *more_of(self, number);
		}
		kept++;
	}
	self->met.next = kept;
}

/* Room for another in the index. Where it cannot grow, all are forgotten: they are found again by
 * what they stand for (struct thread.known). */
static void make_room(struct thread *self)
{
	struct met *met = &self->met;
	uint64_t entries = met->index->mask + 1;

	if (met->next - TABLE_FIRST < entries / 4 * 3)
		return;
	forget_dead(self);
	if (met->next - TABLE_FIRST <= entries / 2)
		clear_index(met->index);
	else if (entries == LARGEST_INDEX || !new_index(self, entries * 2)) {
		forget_all(self);
		clear_index(met->index);
	}
	for (uint32_t number = TABLE_FIRST; number < met->next; number++)
		put_index(met->index, table_numbered(self, number)->key, number);
}

/* The slot of the next number; NULL: no space. */
static struct trace_slot *next_slot(struct thread *self)
{
	unsigned run = class_of(self->met.next);
	struct trace_counts *counts;

	if (!self->met.runs[run]) {
		counts = take_counts(1u << run);
		if (!counts)
			return NULL;
		counts->thread = self->ref;
		self->met.runs[run] = slots_of(counts);
		self->met.counts[run] = counts;
	}
	return table_numbered(self, self->met.next);
}

struct trace_slot *table_put(struct thread *self, uint64_t key, uint32_t node)
{
	struct trace_slot *slot;

	if (!self->near)
		return NULL;
	make_room(self);
	slot = next_slot(self);
	if (!slot)
		return NULL;
	slot->node = node;
	slot->count = 0;
	slot->key = key;
	*more_of(self, self->met.next) = (struct met_more){table_life(node), self->epoch};
	put_index(self->met.index, key, self->met.next++);
	grow_near(self);
	return put_near(self, slot);
}

static uint64_t take_slot(struct thread *self, struct trace_slot *slot)
{
	struct trace_slot *near = table_near(self, slot->key);
	uint64_t count = slot->count;

	slot->count = 0;
	if (near->key != slot->key)
		return count;
	count += near->count;
	near->count = 0;
	return count;
}

uint64_t table_take_count(struct thread *self, uint32_t node, uint64_t life)
{
	uint64_t count = 0;

	for (uint32_t number = TABLE_FIRST; self->near && number < self->met.next; number++) {
		struct trace_slot *slot = table_numbered(self, number);

		if (slot->node == node && more_of(self, number)->life == life)
			count += take_slot(self, slot);
	}
	return count;
}

uint64_t table_take_since(struct thread *self, uint32_t number, uint32_t node)
{
	uint64_t count = 0;

	for (; self->near && number < self->met.next; number++) {
		struct trace_slot *slot = table_numbered(self, number);

		if (slot->node == node)
			count += take_slot(self, slot);
	}
	return count;
}

bool table_give(struct thread *thread)
{
	struct trace_counts *near;

	if (!thread->met.index && !new_index(thread, FIRST_INDEX))
		return false;
	near = take_counts(FIRST_NEAR);
	if (!near)
		return false;
	thread->met.next = TABLE_FIRST;
	use_near(thread, near);
	return true;
}

void table_forget(struct thread *thread)
{
	thread->near = NULL;
	thread->slots = NULL;
	memset(thread->met.runs, 0, sizeof(thread->met.runs));
	memset(thread->met.counts, 0, sizeof(thread->met.counts));
	if (thread->met.index && thread->met.index->mask >= FIRST_INDEX)
		free_index(thread);
	else if (thread->met.index)
		clear_index(thread->met.index);
}

void table_take(struct thread *thread)
{
	if (!thread->near)
		return;
	empty_near(thread);
	forget_all(thread);
	retire(thread->near);
	for (unsigned run = 0; run < TABLE_RUNS; run++) {
		if (thread->met.counts[run])
			retire(thread->met.counts[run]);
	}
	table_forget(thread);
}

void table_forget_all(void)
{
	memset(retired, 0, sizeof(retired));
	cursor = (struct trace_cursor){NULL, 0};
}
