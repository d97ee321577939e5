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
static inline uint64_t tree_local_key(const void *lock, const void *site, const void *frame,
				      uint16_t op)
{
	uint64_t hash = (uintptr_t)lock * LOCK_HASH_FACTOR;
	uint64_t place = (uintptr_t)site ^ (uintptr_t)frame << 24 ^ (uint64_t)op << 56;

	return (hash ^ lock_generation_of(hash)) + place * TREE_SITE_FACTOR;
}

/* Never 0. The top bits are the best mixed: slots are chosen by them. */
static inline uint64_t tree_key(uint64_t parent, uint64_t local)
{
	return (parent ^ local) * TREE_NODE_FACTOR | 1;
}

/* Slots are probed in the order home, home^1, home^2, …: the first two share a cache line. */
static inline uint64_t tree_home(const struct thread *self, uint64_t key)
{
	return key >> 36 & self->mask;
}

static inline uint64_t tree_parent_key(const struct thread *self, uint32_t depth)
{
	return depth ? self->entries[depth - 1].key : TREE_ROOT_KEY;
}

/* After a fork: the lock of an entry of the parent's held stack is held here too. Under the
 * recorder's lock. */
void tree_inherit(struct thread *self, const struct trace_held_entry *entry, uint16_t kind,
		  uint16_t op, struct stack *stack);
/* The thread now holds the lock. waited: ticks it had to wait, 0 when it did not. */
void tree_acquire(struct thread *self, const struct acquire *acquire, uint64_t waited);

/*
 * The usual case of tree_acquire, inlined into the interposers that are called most: the situation
 * is known, nobody waited, and the hold is not one of those that are timed. False: it is another
 * case, and nothing has been done.
 */
static inline __attribute__((always_inline)) bool tree_acquire_fast(struct thread *self,
								    const void *lock,
								    const void *site,
								    const void *frame, uint16_t op)
{
	struct trace_held *held = self->held;
	uint32_t depth = held->depth;
	uint64_t local = tree_local_key(lock, site, frame, op);
	uint64_t key = tree_key(tree_parent_key(self, depth), local);
	const struct slot *slot = &self->table[tree_home(self, key)];
	struct trace_held_entry *entry = &self->entries[depth];
	struct trace_node *node = slot->value;
	uint64_t count;

	/* A key tells the depth, so a known one was once held at this depth: there is room for it.
	 */
	if (unlikely(slot->key != key || self->busy || node->last_epoch != self->epoch))
		return false;
	count = node->count;
	if (unlikely((count & self->hold_mask) == 0))
		return false;
	/*
	 * A handler that runs before this line leaves everything as it was; one that runs after it
	 * finds the thread busy.
	 */
	self->busy = THREAD_FAST;
	__asm__ volatile("" ::: "memory");
	node->count = count + 1;
	entry->lock = (uintptr_t)lock;
	entry->key = key;
	entry->local = local;
	entry->node = trace_ref_of(node);
	held->depth = depth + 1;
	held->want = 0;
	thread_leave(self);
	return true;
}

/* The usual release: the lock taken last, whose hold is not timed. False: it is another case. */
static inline bool tree_release_top(struct thread *self, const void *lock)
{
	struct trace_held *held = self->held;
	const struct trace_held_entry *top = self->entries + (ptrdiff_t)held->depth - 1;

	/* An entry before the first is the record's own fields: readable, and refused by the depth.
	 */
	if (unlikely(top->lock != (uintptr_t)lock || held->depth == 0 || top->since || self->busy))
		return false;
	held->depth--;
	return true;
}

/* The thread is about to give the lock back. True: it held it. */
bool tree_release(struct thread *self, const void *lock);

/* Whether the lock is on the thread's held stack. */
bool tree_holds(const struct thread *self, const void *lock);

/*
 * Takes locks off the held stack that turned out to be none (locks_set_ordering): only the thread
 * itself may do that, so each does it when it comes to its slow path. Until then such an entry does
 * no harm, as its lock record says what it is.
 */
void tree_shed(struct thread *self);

#endif
