/* Owns what each lock's life has to do with others, and the passage from one record to another. */
#include "nesting.h"

#include "address_map.h"
#include "arena.h"
#include "families.h"
#include "lock_records.h"
#include "pool.h"
#include "repeats.h"

#include <string.h>

/* Each room fills a block of the arena; a million locks may need the first only. */
enum { FIRST_TOUCHED = 1, MOST_TOUCHED = 31, MOST_WITH_OWED = 63 };

/*
 * The nodes of this life in which the lock was taken inside others, or others inside it, or as the
 * writer that readers wait behind.
 */
struct touched {
	uint16_t count, room;
	struct {
		uint32_t node;
		uint32_t epoch : 31;
		uint32_t first : 1; /* the node had never been acquired before */
	} at[];
};

static size_t touched_size(uint16_t room)
{
	return sizeof(struct touched) + room * sizeof(((struct touched *)0)->at[0]);
}

/* How many locks passed so far: threads that hold one follow when they come here. */
static uint32_t passages;

uint32_t nesting_passages(void)
{
	return __atomic_load_n(&passages, __ATOMIC_RELAXED);
}

/* A lock that passes from one record to another. */
struct passage {
	struct lock *lock;
	uint32_t from, to;
	const struct trace_node *pending; /* what is about to be acquired; NULL: not known yet */
	uint32_t epoch;			  /* of its thread */
};

/*
 * The node that is to the new record what this one is to the old. When it is not to be made: 0
 * where there is none.
 */
static uint32_t counterpart(const struct passage *passage, struct thread *thread, uint32_t ref,
			    bool make)
{
	const struct trace_node *node = trace_at(ref);
	uint32_t parent, lock;

	if (!node)
		return 0;
	parent = counterpart(passage, thread, node->parent, make);
	if (node->parent && !parent)
		return 0;
	lock = node->lock == passage->from ? passage->to : node->lock;
	if (parent == node->parent && lock == node->lock)
		return ref;
	if (!make)
		return thread ? tree_known(thread, parent, lock, node->stack, node->op) : 0;
	return trace_ref(tree_node(thread, node->thread, parent, lock, node->stack, node->op));
}

/* Records of lives of which each was one thread's, the same one's, at any time (pool.h). */
static struct address_map steady;

/* Whether the node was acquired in that epoch, or may be in any, below that record. */
static bool was_taken(const struct trace_node *node, uint32_t epoch, uint32_t record)
{
	if (!node || !node->count)
		return false;
	return (node->first_epoch <= epoch && epoch <= node->last_epoch) ||
	       address_map_get(&steady, record);
}

/* Whether all that this life did is what another life on the record did before. */
static bool fits(uint32_t ref, void *context)
{
	struct passage *passage = context;
	const struct touched *touched = passage->lock->touched;

	passage->to = ref;
	for (uint32_t i = 0; touched && i < touched->count; i++) {
		const struct trace_node *node = trace_at(touched->at[i].node);

		if (!was_taken(trace_at(counterpart(passage, thread_of(node->thread),
						    touched->at[i].node, false)),
			       touched->at[i].epoch, ref))
			return false;
	}
	return !passage->pending ||
	       was_taken(trace_at(counterpart(passage, thread_of(passage->pending->thread),
					      trace_ref(passage->pending), false)),
			 passage->epoch, ref);
}

static void replace(struct lock *lock, uint32_t from, uint32_t to)
{
	struct touched *touched = lock->touched;

	for (uint32_t i = 0; touched && i < touched->count; i++) {
		if (touched->at[i].node == from)
			touched->at[i].node = to;
	}
}

/* What others remember of a node that has moved. */
static void tell_others(const struct lock *lock, uint32_t from, uint32_t to)
{
	const struct trace_node *node = trace_at(from);

	for (; node; node = trace_at(node->parent)) {
		const struct trace_lock *record = trace_at(node->lock);
		struct lock *other = locks_find((void *)(uintptr_t)record->address);

		if (!other || other->ref != node->lock)
			other = locks_find((void *)(uintptr_t)(record->address | LOCK_ANNOTATED));
		if (other && other != lock && other->ref == node->lock)
			replace(other, from, to);
	}
}

/*
 * How often this life acquired the node: taken away there. Of other threads that is not known; once
 * is certain, and stays counted in both.
 */
static uint64_t take_count(struct thread *self, struct trace_node *node, uint64_t life, bool first)
{
	uint64_t count;

	if (node->thread != self->ref)
		return 1;
	count = table_take_count(self, trace_ref(node), life);
	if ((first || !count) && node->count > !first) {
		node->count--;
		count++;
	}
	return count ? count : 1;
}

static void move_node(const struct passage *passage, struct thread *self, unsigned index,
		      uint64_t life)
{
	uint32_t from = passage->lock->touched->at[index].node;
	uint32_t epoch = passage->lock->touched->at[index].epoch;
	struct trace_node *node = trace_at(from), *moved;
	uint32_t to = counterpart(passage, thread_of(node->thread), from, true);
	uint64_t count;

	moved = trace_at(to);
	if (!moved || to == from)
		return;
	tell_others(passage->lock, from, to);
	replace(passage->lock, from, to);
	count = take_count(self, node, life, passage->lock->touched->at[index].first);
	if (!moved->count)
		moved->first_epoch = moved->last_epoch = epoch;
	moved->count += count;
}

/* The thread's entries for locks that have passed stand for other nodes now. */
static void follow(struct thread *self)
{
	uint32_t parent = 0;

	for (struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		const struct trace_node *node = trace_at(entry->node);
		const struct lock *lock = locks_find((void *)(uintptr_t)entry->lock);
		uint32_t ref = node ? node->lock : 0;

		if (lock && ref && lock->from == ref)
			ref = lock->ref;
		if (node && (node->lock != ref || node->parent != parent))
			entry->node = trace_ref(
				tree_node(self, self->ref, parent, ref, node->stack, node->op));
		parent = entry->node;
	}
	self->passages = passages;
}

void nesting_forget(struct lock *lock)
{
	arena_free(lock->touched, lock->touched ? touched_size(lock->touched->room) : 0);
	lock->touched = NULL;
}

static void has_passed(struct lock *lock)
{
	nesting_forget(lock);
	lock->partial = true;
	passages++;
}

void nesting_renew(struct lock *lock)
{
	lock_record_renew(lock);
	has_passed(lock);
}

void nesting_part(struct lock *lock)
{
	if (!pool_exchange(lock, 0, NULL, NULL))
		lock_record_renew(lock);
	has_passed(lock);
}

/* Room for one more; NULL: there is none. */
static struct touched *room_in(struct lock *lock, uint16_t most)
{
	struct touched *old = lock->touched, *touched;
	uint16_t room = old ? (uint16_t)(2 * old->room + 1) : FIRST_TOUCHED;

	if (old && old->count < old->room)
		return old;
	if (old && old->room >= most)
		return NULL;
	touched = arena_alloc(touched_size(room));
	if (!touched)
		return NULL;
	if (old) {
		memcpy(touched, old, touched_size(old->room));
		arena_free(old, touched_size(old->room));
	}
	touched->room = room;
	lock->touched = touched;
	return touched;
}

/* False: it cannot be remembered. */
static bool touch(struct lock *lock, uint32_t node, uint32_t epoch, uint16_t most)
{
	struct touched *touched = lock->touched;

	for (uint32_t i = 0; touched && i < touched->count; i++) {
		if (touched->at[i].node == node)
			return touched->at[i].epoch == epoch;
	}
	touched = room_in(lock, most);
	if (!touched)
		return false;
	touched->at[touched->count].node = node;
	touched->at[touched->count].epoch = epoch;
	touched->at[touched->count].first = !((const struct trace_node *)trace_at(node))->count;
	touched->count++;
	return true;
}

/* What was done in such a semaphore's life is noted now. */
static void give_owed(uint32_t ref, uint32_t epoch)
{
	const struct trace_node *done = trace_at(ref);

	for (const struct trace_node *node = done; node; node = trace_at(node->parent)) {
		const struct trace_lock *record = trace_at(node->lock);
		struct lock *lock = locks_find((void *)(uintptr_t)record->address);

		if (!lock || lock->ref != node->lock || !lock->provisional || lock->ordering)
			continue;
		lock->outer |= node != done;
		if (!lock->partial && !touch(lock, ref, epoch, MOST_WITH_OWED))
			lock->partial = true;
	}
}

void nesting_collect(void)
{
	repeats_collect(give_owed);
}

/* To another used record that fits, else, or if it must be `alone`, to one of its own. */
static void pass(struct thread *self, struct lock *lock, const struct trace_node *pending,
		 bool alone)
{
	struct passage passage = {lock, lock->ref, 0, pending, self->epoch};
	uint64_t lives[MOST_WITH_OWED];
	uint32_t first;

	nesting_collect();
	first = nesting_first(lock);
	for (uint32_t i = 0; lock->touched && i < lock->touched->count; i++)
		lives[i] = table_life(lock->touched->at[i].node);
	if (alone || !pool_exchange(lock, first ? first : self->ref, fits, &passage))
		lock_record_renew(lock);
	passage.to = lock->ref;
	for (uint32_t i = 0; lock->touched && i < lock->touched->count; i++)
		move_node(&passage, self, i, lives[i]);
	passages++;
	follow(self);
}

void nesting_own(struct thread *self, struct lock *lock)
{
	if (lock->lives > 1)
		pass(self, lock, NULL, true);
}

void nesting_settle(struct thread *self, struct lock *lock)
{
	if (lock->lives > 1)
		pass(self, lock, NULL, false);
}

void nesting_follow(struct thread *self)
{
	if (self->passages != passages)
		follow(self);
}

void nesting_begin(struct thread *self)
{
	nesting_follow(self);
	for (struct trace_held_entry *entry = self->entries; entry <= self->top; entry++) {
		struct lock *lock = locks_find((void *)(uintptr_t)entry->lock);

		if (!lock || lock->outer)
			continue;
		if (lock->lives > 1 && !lock->full && !lock->provisional)
			pass(self, lock, NULL, false);
		lock->outer = true;
	}
}

static struct trace_node *node_again(struct thread *self, const struct lock *lock,
				     const struct trace_node *node)
{
	uint32_t parent = thread_depth(self) ? self->top->node : 0;

	return tree_node(self, self->ref, parent, lock->ref, node->stack, node->op);
}

/* A used record inside whose lock something was taken stands for exactly what one life did. */
static bool keep_to_pattern(struct thread *self, struct lock *lock, const struct trace_node *node)
{
	if (!lock || lock->lives < 2 || !lock->full || lock->provisional ||
	    was_taken(node, self->epoch, lock->ref))
		return true;
	pass(self, lock, node, false);
	return false;
}

static bool remember(struct thread *self, struct lock *lock, const struct trace_node *node)
{
	bool used;

	if (!lock || lock->partial || lock->ordering ||
	    touch(lock, trace_ref(node), self->epoch, MOST_TOUCHED))
		return true;
	used = lock->lives > 1;
	if (used)
		pass(self, lock, NULL, true);
	lock->partial = true;
	return !used;
}

struct trace_node *nesting_note(struct thread *self, const void *address, struct trace_node *node)
{
	struct lock *lock = locks_find(address);

	if (!lock)
		return node;
	for (struct trace_held_entry *entry = self->entries; node && entry <= self->top; entry++) {
		if (!keep_to_pattern(self, locks_find((void *)(uintptr_t)entry->lock), node))
			node = node_again(self, lock, node);
	}
	if (node && !keep_to_pattern(self, lock, node))
		node = node_again(self, lock, node);
	for (struct trace_held_entry *entry = self->entries; node && entry <= self->top; entry++) {
		if (!remember(self, locks_find((void *)(uintptr_t)entry->lock), node))
			node = node_again(self, lock, node);
	}
	if (node && !remember(self, lock, node))
		node = node_again(self, lock, node);
	return node;
}

uint32_t nesting_first(const struct lock *lock)
{
	const struct touched *touched = lock->touched;

	return touched && touched->count
		       ? ((const struct trace_node *)trace_at(touched->at[0].node))->thread
		       : 0;
}

/* The same for nodes that differ in nothing but which of two records is the lock's. */
static uint64_t shape(uint32_t ref, uint32_t lock)
{
	const struct trace_node *node = trace_at(ref);
	uint64_t hash;

	if (!node)
		return 1;
	hash = shape(node->parent, lock) * LOCK_HASH_FACTOR;
	hash = (hash ^ hash >> 29 ^ (node->lock == lock ? 0 : node->lock)) * TREE_SITE_FACTOR;
	hash = (hash ^ hash >> 31 ^ node->stack ^ (uint64_t)node->op << 32) * TREE_SITE_FACTOR;
	return hash ^ node->thread;
}

bool nesting_is_one_threads(const struct lock *lock)
{
	const struct touched *touched = lock->touched;

	if (!touched || lock->partial || lock->in_module)
		return false;
	for (uint32_t i = 0; i < touched->count; i++) {
		const struct trace_node *node = trace_at(touched->at[i].node);
		const uint16_t kind = op_kind(node->op);

		if (node->thread != nesting_first(lock) ||
		    (kind != TRACE_LOCK_mutex && kind != TRACE_LOCK_spin))
			return false;
	}
	return true;
}

void nesting_is_steady(uint32_t record)
{
	address_map_put(&steady, record, 1);
}

void nesting_reset(void)
{
	address_map_free(&steady);
}

uint64_t nesting_pattern(const struct lock *lock)
{
	const struct touched *touched = lock->touched;
	const bool any_time = nesting_is_one_threads(lock);
	uint64_t sum = any_time;

	if (!touched || lock->partial || lock->in_module)
		return 0;
	for (uint32_t i = 0; i < touched->count; i++) {
		uint64_t hash = shape(touched->at[i].node, lock->ref) ^
				(any_time ? 0 : (uint64_t)touched->at[i].epoch << 32);

		hash *= LOCK_HASH_FACTOR;
		sum += hash ^ hash >> 30;
	}
	return sum | 1;
}
