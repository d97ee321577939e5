/* Owns the slow path of the lock-context tree: nodes counted and re-derived, the held stack. */
#include "tree.h"

#include "alone.h"
#include "families.h"
#include "handlers.h"
#include "held_stack.h"
#include "holes.h"
#include "join.h"
#include "nesting.h"
#include "news.h"
#include "provisional.h"
#include "repeats.h"
#include "restack.h"
#include "spans.h"
#include "sync.h"
#include "times.h"
#include "twins.h"

static struct trace_node *make_node(struct thread *self, uint32_t parent, uint32_t lock,
				    uint32_t stack, uint16_t op)
{
	return tree_node(self, self->ref, parent, lock, stack, op);
}

static uint32_t parent_ref(const struct thread *self)
{
	return thread_depth(self) ? self->top->node : 0;
}

/* In its life: then it is another's record, or none of a lock (provisional.h), and has other keys.
 */
static bool is_taken_once(const struct trace_node *node)
{
	const struct trace_lock *lock = trace_at(node->lock);

	return lock->flags & TRACE_LOCK_PROVISIONAL;
}

/*
 * Finds or makes the node of an acquisition, and its slot if it can have one. NULL: could not be
 * recorded. sure: it has been got, or will be. Otherwise one that may come to news has no slot:
 * that is for who gets it to note.
 */
static struct trace_node *find_node(struct thread *self, const struct acquire *acquire,
				    uint64_t key, struct trace_slot **slot, bool sure)
{
	const bool gives = op_gives(acquire->op);
	bool comes;
	struct trace_node *node = NULL;
	struct stack *stack;
	struct slow slow;
	uint32_t lock;

	*slot = table_find(self, key);
	if (*slot)
		return trace_at((*slot)->node);
	if (thread_depth(self))
		twins_nested(self, acquire->op);
	else
		twins_took(self);
	node = repeats_find(self, acquire, key);
	if (node) {
		if (thread_depth(self))
			twins_mark(self);
		return node;
	}
	slow_begin(&slow, self);
	stack = stacks_of(self, acquire);
	/* It may be the lock that is taken again which gets another record. */
	if (gives)
		nesting_follow(self);
	else if (thread_depth(self))
		nesting_begin(self);
	lock = locks_ref(self, acquire->lock, acquire->op, stack);
	if (lock)
		node = make_node(self, parent_ref(self), lock, stacks_ref(stack), acquire->op);
	if (node && !gives && (thread_depth(self) || spans_may_part_readers(node)) &&
	    !self->annotated.depth)
		node = nesting_note(self, acquire->lock, node);
	comes = node && !gives && news_may_come(node);
	if (node && !is_taken_once(node) && (sure || !comes))
		*slot = table_put(self, key, trace_ref(node));
	if (node && repeats_learn(self, acquire, key, stack, node) && *slot) {
		node->count--;
		(*slot)->count++;
	}
	if (comes && sure)
		self->came = trace_ref(node);
	if (node && !gives && handlers_any)
		handlers_look(self, acquire, node->lock, stack, &slow);
	slow_end(&slow);
	return node;
}

static bool make_room(struct thread *self)
{
	struct slow slow;
	bool done;

	if (likely(thread_depth(self) < self->capacity))
		return true;
	slow_begin(&slow, self);
	done = held_stack_grow(self);
	slow_end(&slow);
	return done;
}

/* Field by field, as they were made: what was just stored so and is loaded in larger pieces waits
 * until it has left the store buffer. */
static inline void push(struct thread *self, const struct trace_held_entry *entry)
{
	struct trace_held_entry *next = self->top + 1;
	uint64_t lock = entry->lock, key = entry->key, since = entry->since;
	uint32_t node = entry->node;

	__asm__ volatile("" : "+r"(lock), "+r"(key), "+r"(since), "+r"(node));
	next->lock = lock;
	next->key = key;
	next->node = node;
	next->since = since;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	self->top = next;
}

void tree_inherit(struct thread *self, uint64_t address, uint64_t local, uint16_t kind, uint16_t op,
		  struct stack *stack)
{
	struct trace_node *node = NULL;
	uint32_t lock = 0;

	if (kind)
		lock = locks_ref(self, (void *)(uintptr_t)address, op, stack);
	if (lock)
		node = make_node(self, parent_ref(self), lock, stacks_ref(stack), op);
	push(self, &(struct trace_held_entry){
			   .lock = address,
			   .key = tree_key(tree_parent_key(self), local),
			   .node = trace_ref(node),
		   });
}

void tree_next_epoch(struct thread *self)
{
	struct slow slow;
	uint64_t below;

	if (self->holes)
		holes_close(self);
	if (!section_whole(&slow, self))
		return;
	provisional_settle_inside(self);
	below = self->entries[-1].key;
	twins_mark(self);
	self->crossed = thread_depth(self) ? self->entries[0].lock : 0;
	if (thread_depth(self))
		spans_note_across(self);
	self->held->epoch = self->twin.since = self->twin.bare = ++self->epoch;
	self->twin.open = 0;
	restack(self, 0, 0, below);
	slow_end(&slow);
}

void tree_next_epoch_of_thread(struct thread *self, bool alike)
{
	const uint32_t marked = self->twin.marked, ordered = self->twin.ordered;
	const uint32_t bare = self->twin.bare, open = self->twin.open;

	twins_begin_quiet(self, alike && alone_only(self));
	tree_next_epoch(self);
	twins_end_quiet(self);
	if (alike && self->twin.left_nothing)
		self->twin.bare = bare;
	else if (alike)
		self->twin.open = open;
	self->twin.bare_before = bare;
	self->twin.left_nothing = false;
	if (!alike || thread_depth(self))
		return;
	self->twin.marked = marked;
	self->twin.ordered = ordered;
}

void tree_next_epoch_of_creation(struct thread *self)
{
	const uint32_t since = self->twin.since;

	self->twin.left_nothing = true;
	tree_next_epoch_of_thread(self, true);
	self->twin.since = since;
}

bool tree_holds(const struct thread *self, const void *lock)
{
	for (uint32_t i = thread_depth(self); i-- > 0;) {
		if (self->entries[i].lock == (uintptr_t)lock)
			return true;
	}
	return false;
}

/* In an ignored region a node is not counted: it stands for what is held, as after an unlock out of
 * order. */
static bool count_ignored(struct thread *self)
{
	if (likely(!self->annotated.depth))
		return false;
	if (self->annotated.ignored)
		self->annotated.ignored->count++;
	return true;
}

/* Returns the time, when the hold is to be timed; else 0. */
static uint64_t count_acquisition(struct thread *self, struct trace_node *node,
				  struct trace_slot *slot, uint64_t waited)
{
	bool timed;
	uint64_t count;

	/* What was counted in the slot was counted in the node before, in the epoch that is part of
	 * the key: no need to look there, where nobody looked for long. */
	if (slot && slot->count && !waited)
		return ++slot->count & self->hold_mask ? 0 : ticks_now();
	if (node->last_epoch != self->epoch)
		spans_enter(self, node);
	timed = node->count == 0;
	count = slot && !timed ? ++slot->count : ++node->count;
	timed |= (count & self->hold_mask) == 0;
	if (waited)
		times_add_wait(self, node, waited);
	return timed || waited ? ticks_now() & ~UINT64_C(1) : 0;
}

void tree_count(struct thread *self, struct trace_node *node)
{
	if (!node || !thread_enter(self))
		return;
	if (!count_ignored(self))
		count_acquisition(self, node, NULL, 0);
	thread_leave(self);
}

struct trace_node *tree_asked(struct thread *self, const struct acquire *acquire, uint32_t depth)
{
	bool joins = op_kind(acquire->op) == TRACE_LOCK_thread;
	struct trace_node *node = NULL;
	struct stack *stack;
	struct slow slow;
	uint32_t lock;

	tree_shed(self);
	provisional_settle(self, acquire->lock);
	if (depth > thread_depth(self))
		return NULL;
	slow_begin(&slow, self);
	stack = stacks_of(self, acquire);
	nesting_begin(self);
	lock = joins ? join_lock((uint32_t)(uintptr_t)acquire->lock)
		     : locks_ref(self, acquire->lock, acquire->op, stack);
	if (lock)
		node = tree_node(self, self->ref, self->entries[depth - 1].node, lock,
				 stacks_ref(stack), acquire->op);
	if (node && !joins && !self->annotated.depth)
		node = nesting_note(self, acquire->lock, node);
	slow_end(&slow);
	return node;
}

OFTEN bool tree_acquire_known(struct thread *self, const void *lock, const void *site,
			      const void *frame, uint16_t op)
{
	return tree_acquire_level(self, lock, site, frame, op, TREE_ALL);
}

/* What comes before an acquisition. The local part of its key. */
static uint64_t settle(struct thread *self, const struct acquire *acquire)
{
	uint64_t local = tree_local_of_acquire(acquire);

	tree_shed(self);
	/* What was done with it held before is told from what is done now. */
	if (unlikely(self->crossed == (uintptr_t)acquire->lock) && !thread_depth(self))
		tree_next_epoch(self);
	/* The fast path is not to count in a slot that is known from an ignored region. */
	if (unlikely(self->annotated.depth))
		local += TREE_IGNORED;
	return local;
}

/* Inside such a semaphore a situation is counted when it is found (repeats.h). */
static bool holds_provisional(const struct thread *self)
{
	for (const struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		if (provisional_is(entry))
			return true;
	}
	return false;
}

/* The first half of an acquisition. waits: it will be counted as a wait. */
static void prepare(struct thread *self, const struct acquire *acquire, bool sure, bool waits)
{
	const uint64_t local = settle(self, acquire);
	struct trace_slot *slot = NULL;
	struct trace_node *node = NULL;

	if (!thread_enter(self))
		return;
	if (make_room(self) && !holds_provisional(self))
		node = find_node(self, acquire, tree_key(tree_parent_key(self), local), &slot,
				 sure);
	if (self->annotated.depth)
		node = NULL;
	if (node && slot && !slot->count && node->last_epoch != self->epoch)
		spans_enter(self, node);
	if (node && waits)
		times_expect_wait(self, node);
	thread_leave(self);
}

void tree_prepare(struct thread *self, const struct acquire *acquire, bool waits)
{
	prepare(self, acquire, true, waits);
}

void tree_prepare_try(struct thread *self, const void *lock, const void *site, const void *frame,
		      uint16_t op)
{
	const struct acquire acquire = {lock, site, frame, op};
	const uint64_t key = tree_situation_key(self, &acquire);

	if (self->busy || self->annotated.depth || key == self->prepared || table_met(self, key))
		return;
	/* Once, whatever comes of it: it may be tried very often. */
	self->prepared = key;
	prepare(self, &acquire, false, false);
}

void tree_acquire(struct thread *self, const struct acquire *acquire, uint64_t waited)
{
	const uint64_t local = settle(self, acquire);
	struct trace_held_entry entry = {.lock = (uintptr_t)acquire->lock};
	struct trace_slot *slot;
	struct trace_node *node;
	uint64_t since = 0;

	if (!thread_enter(self))
		return;
	section_taking(self, (uintptr_t)acquire->lock, local);
	entry.key = tree_key(tree_parent_key(self), local);
	if (make_room(self)) {
		node = find_node(self, acquire, entry.key, &slot, true);
		if (node && !count_ignored(self))
			since = count_acquisition(self, node, slot, waited);
		if (slot)
			table_counted(self, slot);
		section_taken(self);
		entry.node = trace_ref(node);
		/* It is not to be given back unseen. */
		entry.since = since || !provisional_is(&entry) ? since : ticks_now() & ~UINT64_C(1);
		push(self, &entry);
	}
	section_taken(self);
	/* A wait that is still published is another call's, which this one interrupted. */
	if (likely(!self->held->want_since))
		self->held->want = 0;
	thread_leave(self);
	if (unlikely(self->came) && !self->busy)
		sync_came(self);
}

/* Wherever on the held stack it lies. In the section of the caller, which ends here. */
static __attribute__((noinline)) bool release_any(struct thread *self, const void *lock)
{
	uint32_t i = thread_depth(self);

	while (i > 0 && self->entries[i - 1].lock != (uintptr_t)lock)
		i--;
	if (i > 0) {
		provisional_released(self, &self->entries[i - 1]);
		if (self->entries[i - 1].since > HOLES_UNTIMED)
			times_add_hold(self, &self->entries[i - 1]);
		if (!holes_release(self, &self->entries[i - 1]))
			restack(self, i, i - 1, self->entries[i - 1].key);
	}
	thread_leave(self);
	return i > 0;
}

bool tree_release(struct thread *self, const void *lock)
{
	/* Holes may well go by themselves. */
	if (!self->holes || self->turned != __atomic_load_n(&locks_turned, __ATOMIC_ACQUIRE))
		tree_shed(self);
	if (!thread_enter(self))
		return false;
	if (self->holes || !restack_second(self, lock))
		return release_any(self, lock);
	thread_leave(self);
	return true;
}

struct trace_node *tree_wait(struct thread *self, const struct acquire *acquire)
{
	uint64_t local = tree_local_of_acquire(acquire);
	struct trace_slot *slot;
	struct trace_node *node;

	tree_shed(self);
	provisional_settle(self, NULL);
	if (!thread_enter(self))
		return NULL;
	node = find_node(self, acquire, tree_key(tree_parent_key(self), local), &slot, true);
	if (node && !count_ignored(self))
		count_acquisition(self, node, slot, 0);
	if (slot)
		table_counted(self, slot);
	thread_leave(self);
	return node;
}

void tree_give(struct thread *self, const struct acquire *acquire)
{
	uint64_t local = tree_local_of_acquire(acquire);
	struct trace_slot *slot;
	struct trace_node *node;

	tree_shed(self);
	if (!thread_enter(self))
		return;
	node = find_node(self, acquire, tree_key(tree_parent_key(self), local), &slot, true);
	if (node)
		count_acquisition(self, node, slot, 0);
	if (slot)
		table_counted(self, slot);
	thread_leave(self);
}

void tree_waited(struct thread *self, struct trace_node *node, uint64_t ticks)
{
	if (!node || !ticks || self->annotated.depth || !thread_enter(self))
		return;
	times_add_wait(self, node, ticks);
	thread_leave(self);
}
