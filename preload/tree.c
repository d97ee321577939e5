/* Owns the slow path of the lock-context tree: nodes made, re-derived, timed. */
#include "tree.h"

#include "arena.h"
#include "frames.h"
#include "handlers.h"
#include "options.h"

#include <string.h>

enum {
	/* Span records of one node, and of all together; further spans are merged. */
	MAX_SPANS = 4096,
	MAX_ALL_SPANS = 1 << 20,
	MAX_ALIAS_SLOTS =
		1 << 18, /* beyond it only nodes themselves are remembered, not every way to them */
};

static uint32_t all_spans; /* under the recorder's lock */

/* The slot of a key: where it is, or where it would go. */
static struct slot *find_slot(const struct thread *self, uint64_t key)
{
	uint64_t home = tree_home(self, key), probe = 0;

	while (self->table[home ^ probe].key && self->table[home ^ probe].key != key)
		probe++;
	return &self->table[home ^ probe];
}

static bool grow_table(struct thread *self)
{
	size_t size = (self->mask + 1) * sizeof(struct slot);
	struct slot *old = self->table, *table = arena_alloc(2 * size);
	uint64_t slots = self->mask + 1;

	if (!table)
		return false;
	self->table = table;
	self->mask = 2 * slots - 1;
	for (uint64_t i = 0; i < slots; i++) {
		if (old[i].key)
			*find_slot(self, old[i].key) = old[i];
	}
	arena_free(old, size);
	return true;
}

/* Remembers key -> value. Forgetting is fine: it is looked up again the slow way. */
static void remember(struct thread *self, uint64_t key, void *value)
{
	struct slot *slot;

	if (self->used * 4 > self->mask && !grow_table(self))
		return;
	slot = find_slot(self, key);
	if (!slot->key)
		self->used++;
	slot->value = value;
	slot->key = key;
}

static void remember_alias(struct thread *self, uint64_t key, void *value)
{
	if (self->used < MAX_ALIAS_SLOTS / 2)
		remember(self, key, value);
}

struct stack *stacks_at(struct thread *self, const void *site, const void *frame)
{
	uint64_t place = (uintptr_t)site ^ (uintptr_t)frame << 24;
	uint64_t key = tree_key(LOCK_HASH_FACTOR, place * TREE_SITE_FACTOR);
	struct slot *slot = find_slot(self, key);
	struct stack *stack = slot->key ? slot->value : NULL;

	frames_check(self, frame);
	if (stack && stacks_same(stack, frame))
		return stack;
	stack = stacks_capture(site, frame);
	if (stack)
		remember_alias(self, key, stack);
	return stack;
}

/* What a node is, whatever way led to it: its key in the same table. */
static uint64_t identity_key(uint32_t parent, uint32_t lock, uint32_t stack, uint16_t op)
{
	uint64_t a = ((uint64_t)parent << 32 | lock) * LOCK_HASH_FACTOR;
	uint64_t b = ((uint64_t)stack << 16 | op) * TREE_SITE_FACTOR;

	return tree_key(a ^ a >> 29, b);
}

static struct trace_node *make_node(struct thread *self, uint32_t parent, uint32_t lock,
				    uint32_t stack, uint16_t op)
{
	uint64_t key = identity_key(parent, lock, stack, op);
	struct slot *slot = find_slot(self, key);
	struct trace_node *node;

	if (slot->key == key)
		return slot->value;
	node = trace_alloc(&self->nodes, TRACE_TYPE_node, sizeof(*node));
	if (!node)
		return NULL;
	self->nodes.chunk->owner = self->ref;
	node->thread = self->ref;
	node->parent = parent;
	node->lock = lock;
	node->stack = stack;
	node->op = op;
	node->first_epoch = node->last_epoch = self->epoch;
	trace_commit(&self->nodes, node);
	remember(self, key, node);
	trace_touch_clock();
	return node;
}

/* The node was last seen in another epoch: starts a new span, or widens the last one. */
static void enter_epoch(struct thread *self, struct trace_node *node)
{
	struct trace_span *span;
	struct slow slow;

	if (node->count == 0) {
		node->first_epoch = node->last_epoch = self->epoch;
		return;
	}
	/*
	 * Neighbouring epochs may be one span: what separates them is one create or one join, and
	 * no other thread is both after the first and before the second.
	 */
	if (self->epoch == node->last_epoch + 1) {
		node->last_epoch = self->epoch;
		return;
	}
	slow_begin(&slow, self);
	span = node->spans < MAX_SPANS && all_spans < MAX_ALL_SPANS
		       ? trace_alloc(&recorder_cursor, TRACE_TYPE_span, sizeof(*span))
		       : NULL;
	if (span) {
		span->node = trace_ref(node);
		span->first_epoch = node->first_epoch;
		span->last_epoch = node->last_epoch;
		trace_commit(&recorder_cursor, span);
		node->spans++;
		all_spans++;
		node->first_epoch = self->epoch;
	} else {
		trace_header->widened++;
	}
	node->last_epoch = self->epoch;
	slow_end(&slow);
}

static uint32_t parent_ref(const struct thread *self)
{
	uint32_t depth = self->held->depth;

	return depth ? self->entries[depth - 1].node : 0;
}

/* Finds or makes the node of an acquisition. NULL: could not be recorded. */
static struct trace_node *find_node(struct thread *self, const struct acquire *acquire,
				    uint64_t key)
{
	struct slot *slot = find_slot(self, key);
	struct trace_node *node = slot->key ? slot->value : NULL;
	struct stack *stack;
	struct slow slow;
	uint32_t lock;

	if (!node) {
		slow_begin(&slow, self);
		stack = stacks_at(self, acquire->site, acquire->frame);
		lock = locks_ref(self, acquire->lock, acquire->op, stack);
		if (lock)
			node = make_node(self, parent_ref(self), lock, stacks_ref(stack),
					 acquire->op);
		if (node)
			remember_alias(self, key, node);
		if (node && handlers_any)
			handlers_look(self, acquire, lock, stack, slow.signals);
		slow_end(&slow);
	} else if (handlers_any && node->last_epoch != self->epoch) {
		handlers_look_again(self, acquire, node->lock);
	}
	if (node && node->last_epoch != self->epoch)
		enter_epoch(self, node);
	return node;
}

static bool make_room(struct thread *self)
{
	struct slow slow;
	bool done;

	if (likely(self->held->depth < self->capacity))
		return true;
	slow_begin(&slow, self);
	done = thread_grow_held(self);
	slow_end(&slow);
	return done;
}

/* The node that an entry stands for now that something below it is gone. */
static struct trace_node *rederive(struct thread *self, const struct trace_held_entry *entry,
				   uint32_t parent, uint64_t key)
{
	const struct trace_node *old = trace_at(entry->node);
	struct trace_node *node;

	if (!old)
		return NULL;
	node = make_node(self, parent, old->lock, old->stack, old->op);
	if (node)
		remember_alias(self, key, node);
	return node;
}

void tree_inherit(struct thread *self, const struct trace_held_entry *entry, uint16_t kind,
		  uint16_t op, struct stack *stack)
{
	uint32_t depth = self->held->depth;
	struct trace_held_entry *held = &self->entries[depth];
	struct trace_node *node = NULL;
	uint32_t lock = 0;

	if (kind)
		lock = locks_ref(self, (void *)(uintptr_t)entry->lock, op, stack);
	if (lock)
		node = make_node(self, parent_ref(self), lock, stacks_ref(stack), op);
	*held = (struct trace_held_entry){
		.lock = entry->lock,
		.key = tree_key(tree_parent_key(self, depth), entry->local),
		.local = entry->local,
		.node = trace_ref(node),
	};
	self->held->depth = depth + 1;
}

static void rederive_from(struct thread *self, uint32_t first)
{
	struct slow slow;
	bool in_slow = false;

	for (uint32_t i = first; i < self->held->depth; i++) {
		struct trace_held_entry *entry = &self->entries[i];
		uint64_t key = tree_key(tree_parent_key(self, i), entry->local);
		struct slot *slot = find_slot(self, key);
		struct trace_node *node = slot->key == key ? slot->value : NULL;

		if (!node && !in_slow) {
			slow_begin(&slow, self);
			in_slow = true;
		}
		if (!node)
			node = rederive(self, entry, i ? self->entries[i - 1].node : 0, key);
		entry->key = key;
		entry->node = trace_ref(node);
	}
	if (in_slow)
		slow_end(&slow);
}

static unsigned bucket_of(uint64_t ticks)
{
	unsigned bucket = ticks ? 63 - (unsigned)__builtin_clzll(ticks) : 0;

	return bucket < TRACE_BUCKETS ? bucket : TRACE_BUCKETS - 1;
}

/* From the second timed hold on: most locks of a big program are never held that often. */
static struct trace_histogram *make_histogram(struct thread *self, struct trace_lock *lock)
{
	struct trace_histogram *histogram = NULL;
	struct slow slow;

	slow_begin(&slow, self);
	if (!lock->hold_histogram) {
		histogram = trace_alloc(&recorder_cursor, TRACE_TYPE_histogram, sizeof(*histogram));
		if (histogram) {
			histogram->lock = trace_ref(lock);
			histogram->buckets[bucket_of(lock->hold_total)]++;
			trace_commit(&recorder_cursor, histogram);
			lock->hold_histogram = trace_ref(histogram);
		}
	}
	slow_end(&slow);
	return histogram;
}

/*
 * Still before the real unlock, so an exclusive lock's own critical section protects its record;
 * shared holds may collide, hence atomics. A sample only, so they cost nothing that counts.
 */
static void count_hold(struct thread *self, const struct trace_held_entry *entry)
{
	uint64_t ticks = ticks_now() - entry->since;
	const struct trace_node *node = trace_at(entry->node);
	struct trace_histogram *histogram;
	struct trace_lock *lock;

	if (!node || options.hold == OPTION_HOLD_OFF)
		return;
	lock = trace_at(node->lock);
	histogram = trace_at(lock->hold_histogram);
	if (!histogram && lock->hold_samples)
		histogram = make_histogram(self, lock);
	__atomic_fetch_add(&lock->hold_samples, 1, __ATOMIC_RELAXED);
	__atomic_fetch_add(&lock->hold_total, ticks, __ATOMIC_RELAXED);
	if (ticks > lock->hold_max)
		__atomic_store_n(&lock->hold_max, ticks, __ATOMIC_RELAXED);
	if (histogram)
		__atomic_fetch_add(&histogram->buckets[bucket_of(ticks)], 1, __ATOMIC_RELAXED);
}

static struct trace_wait *make_wait(struct thread *self, struct trace_node *node)
{
	struct trace_wait *wait;
	struct slow slow;

	slow_begin(&slow, self);
	wait = trace_alloc(&recorder_cursor, TRACE_TYPE_wait, sizeof(*wait));
	if (wait) {
		wait->node = trace_ref(node);
		wait->stack = node->stack;
		trace_commit(&recorder_cursor, wait);
		node->wait = trace_ref(wait);
	}
	slow_end(&slow);
	return wait;
}

static void count_wait(struct thread *self, struct trace_node *node, uint64_t ticks)
{
	struct trace_wait *wait = node->wait ? trace_at(node->wait) : make_wait(self, node);

	if (!wait)
		return;
	wait->count++;
	wait->total += ticks;
	if (ticks > wait->max)
		wait->max = ticks;
	wait->buckets[bucket_of(ticks)]++;
}

/* The nodes above it are derived anew. */
static void remove_entry(struct thread *self, uint32_t index)
{
	struct trace_held_entry *entry = &self->entries[index];
	uint32_t above = self->held->depth - 1 - index;

	memmove(entry, entry + 1, above * sizeof(*entry));
	self->held->depth--;
	self->entries[self->held->depth].since = 0;
	rederive_from(self, index);
}

static bool is_ordering(const struct trace_held_entry *entry)
{
	const struct trace_node *node = trace_at(entry->node);
	const struct trace_lock *lock = node ? trace_at(node->lock) : NULL;

	return lock && lock->flags & TRACE_LOCK_ORDERING;
}

void tree_shed(struct thread *self)
{
	uint32_t turned = __atomic_load_n(&locks_turned, __ATOMIC_RELAXED);

	if (likely(self->turned == turned) || !thread_enter(self))
		return;
	self->turned = turned;
	for (uint32_t i = self->held->depth; i-- > 0;) {
		if (is_ordering(&self->entries[i]))
			remove_entry(self, i);
	}
	thread_leave(self);
}

bool tree_holds(const struct thread *self, const void *lock)
{
	for (uint32_t i = self->held->depth; i-- > 0;) {
		if (self->entries[i].lock == (uintptr_t)lock)
			return true;
	}
	return false;
}

void tree_acquire(struct thread *self, const struct acquire *acquire, uint64_t waited)
{
	uint64_t local = tree_local_key(acquire->lock, acquire->site, acquire->frame, acquire->op);
	struct trace_held_entry *entry;
	struct trace_node *node;
	uint32_t depth;
	uint64_t key;

	tree_shed(self);
	depth = self->held->depth;
	key = tree_key(tree_parent_key(self, depth), local);
	if (!thread_enter(self))
		return;
	if (make_room(self)) {
		node = find_node(self, acquire, key);
		entry = &self->entries[depth];
		*entry = (struct trace_held_entry){
			.lock = (uintptr_t)acquire->lock,
			.key = key,
			.local = local,
			.node = trace_ref(node),
		};
		if (node) {
			if ((node->count & self->hold_mask) == 0 || waited)
				entry->since = ticks_now();
			node->count++;
			if (waited)
				count_wait(self, node, waited);
		}
		self->held->depth = depth + 1;
	}
	self->held->want = 0;
	thread_leave(self);
}

bool tree_release(struct thread *self, const void *lock)
{
	uint32_t i;

	tree_shed(self);
	i = self->held->depth;
	if (!thread_enter(self))
		return false;
	while (i > 0 && self->entries[i - 1].lock != (uintptr_t)lock)
		i--;
	if (i > 0) {
		if (self->entries[i - 1].since)
			count_hold(self, &self->entries[i - 1]);
		remove_entry(self, i - 1);
	}
	thread_leave(self);
	return i > 0;
}
