/*
 * The lock-context tree (docs/how-it-works.md). Each thread has one. A node stands for "this thread
 * takes lock L with operation O at call stack S while holding what the path to the root holds".
 *
 * The key of a node is a running hash over its parent's key, the lock's address and generation, the
 * operation, the call site and the stack depth. Keys are 64 bits and compared whole; that two
 * situations share one is neglected, as with any content hash.
 */
#ifndef GORDIAN_TREE_H
#define GORDIAN_TREE_H

#include "locks.h"
#include "system.h"

#define TREE_ROOT_KEY UINT64_C(0x2545f4914f6cdd1d)
#define TREE_SITE_FACTOR UINT64_C(0xd6e8feb86659fd93)
#define TREE_NODE_FACTOR UINT64_C(0xff51afd7ed558ccd)

/* An acquisition, as the interposer sees it. */
struct acquire {
	const void *lock;
	const void *site;  /* return address of the interposed call */
	const void *frame; /* and its frame: tells call paths to one site apart */
	uint16_t op;	   /* enum trace_op */
};

/* The part of a key that does not depend on what is held. */
static inline uint64_t tree_local_key(const struct acquire *acquire)
{
	uint64_t hash = (uintptr_t)acquire->lock * LOCK_HASH_FACTOR;
	uint64_t place = (uintptr_t)acquire->site ^ (uintptr_t)acquire->frame << 24 ^
			 (uint64_t)acquire->op << 56;

	return (hash ^ lock_generation_of(hash)) + place * TREE_SITE_FACTOR;
}

static inline uint64_t tree_key(uint64_t parent, uint64_t local)
{
	uint64_t key = (parent ^ local) * TREE_NODE_FACTOR;

	key ^= key >> 32;
	return likely(key != 0) ? key : 1;
}

static inline uint64_t tree_parent_key(const struct thread *self, uint32_t depth)
{
	return depth ? self->entries[depth - 1].key : TREE_ROOT_KEY;
}

/* The rest of tree_acquire when the node is not at hand: finds or makes it. NULL: could not be
 * recorded. */
struct trace_node *tree_acquire_slow(struct thread *self, const struct acquire *acquire,
				     uint64_t local, uint64_t key);
/* The hold that ends now was timed. */
void tree_count_hold(struct thread *self, const struct trace_held_entry *entry);
/* The lock is not the one taken last: removes it and re-derives the nodes above. False: not held.
 */
bool tree_release_slow(struct thread *self, const void *lock);
/* After a fork: the lock of an entry of the parent's held stack is held here too. Under the
 * recorder's lock. */
void tree_inherit(struct thread *self, const struct trace_held_entry *entry, uint16_t kind,
		  uint16_t op, struct stack *stack);
/* Adds a wait of `ticks` to a node. */
void tree_count_wait(struct thread *self, struct trace_node *node, uint64_t ticks);

/*
 * The thread now holds the lock. waited: ticks it had to wait, 0 when it did not. Inlined into each
 * interposer: this is the fast path.
 */
static inline void tree_acquire(struct thread *self, const struct acquire *acquire, uint64_t waited)
{
	uint64_t local, key;
	struct trace_held_entry *entry;
	struct trace_node *node;
	struct slot *slot;
	uint32_t depth;

	if (!thread_enter(self))
		return;
	depth = self->held->depth;
	local = tree_local_key(acquire);
	key = tree_key(tree_parent_key(self, depth), local);
	slot = &self->table[key & self->mask];
	node = slot->value;
	if (unlikely(depth >= self->capacity || slot->key != key ||
		     node->last_epoch != self->epoch)) {
		node = tree_acquire_slow(self, acquire, local, key);
		if (unlikely(depth >= self->capacity))
			goto out;
	}
	entry = &self->entries[depth];
	entry->lock = (uintptr_t)acquire->lock;
	entry->key = key;
	entry->local = local;
	entry->since = 0;
	entry->node = 0;
	if (likely(node != NULL)) {
		entry->node = trace_ref(node);
		if (unlikely((node->count & self->hold_mask) == 0 || waited))
			entry->since = ticks_now();
		node->count++;
		if (unlikely(waited))
			tree_count_wait(self, node, waited);
	}
	self->held->depth = depth + 1;
out:
	self->held->want = 0;
	thread_leave(self);
}

/* The thread is about to give the lock back. True: it held it. */
static inline bool tree_release(struct thread *self, const void *lock)
{
	uint32_t depth = self->held->depth;
	struct trace_held_entry *entry;

	if (unlikely(self->busy)) {
		thread_nested(self);
		return false;
	}
	if (unlikely(!depth || self->entries[depth - 1].lock != (uintptr_t)lock))
		return tree_release_slow(self, lock);
	entry = &self->entries[depth - 1];
	if (unlikely(entry->since))
		tree_count_hold(self, entry);
	self->held->depth = depth - 1;
	return true;
}

#endif
