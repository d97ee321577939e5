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

#include "interpreter.h"
#include "locks.h"
#include "system.h"
#include "table.h"

/* Odd; those of 31 bits are operands of an instruction. */
#define TREE_IGNORED UINT64_C(0x5851f42d4c957f2d) /* in local keys of ignored acquisitions */
#define TREE_PARENT_FACTOR UINT64_C(0x6c078965)
#define TREE_SITE_FACTOR UINT64_C(0x5bd1e995)
#define TREE_FRAME_FACTOR UINT64_C(0x3c6ef35f)
#define TREE_OP_FACTOR UINT64_C(0x00f1a2b3)

/* An acquisition, as the interposer sees it. */
struct acquire {
	const void *lock;
	const void *site;  /* return address of the interposed call */
	const void *frame; /* and its frame: tells call paths to one site apart */
	uint16_t op;	   /* enum trace_op */
};

/* Whether the place of such an operation may lie in interpreted code. */
static inline bool op_takes_semaphore(uint16_t op)
{
	return op >= TRACE_OP_sem_wait && op <= TRACE_OP_sem_clockwait;
}

/*
 * The part of a key that does not depend on what is held. Sums of products, as instructions are
 * what the fast path is short of.
 */
static inline uint64_t tree_local_key(const void *lock, const void *site, const void *frame,
				      uint16_t op)
{
	return (uintptr_t)site * TREE_SITE_FACTOR + (uintptr_t)frame * TREE_FRAME_FACTOR +
	       op * TREE_OP_FACTOR + (uintptr_t)lock * LOCK_HASH_FACTOR + lock_generation_of(lock);
}

/* The same where the place may lie in interpreted code: that takes the place of the frame. */
static inline const void *tree_inside(const void *frame)
{
	return (const char *)frame + interpreter_place();
}

static inline uint64_t tree_local_of_acquire(const struct acquire *acquire)
{
	const void *frame = acquire->frame;

	if (interpreter_there && op_takes_semaphore(acquire->op))
		frame = tree_inside(frame);
	return tree_local_key(acquire->lock, acquire->site, frame, acquire->op);
}

static inline uint64_t tree_key(uint64_t parent, uint64_t local)
{
	return parent * TREE_PARENT_FACTOR + local;
}

/* The inverse: what was added to the parent's key. */
static inline uint64_t tree_local_of(uint64_t parent, uint64_t key)
{
	return key - parent * TREE_PARENT_FACTOR;
}

/*
 * The key of all that is held. Where that is nothing, the thread's `top` is no entry, but the last
 * fields of the held record, and what stands in place of the key is its thread and epoch: so
 * another epoch has other keys, and as good a root as any. `lock` is then no lock's address.
 */
static inline uint64_t tree_parent_key(const struct thread *self)
{
	return self->top->key;
}

_Static_assert(offsetof(struct trace_held, thread) + sizeof(struct trace_held_entry) ==
			       sizeof(struct trace_held) + offsetof(struct trace_held_entry, key) &&
		       offsetof(struct trace_held, epoch) ==
			       offsetof(struct trace_held, thread) + 4,
	       "the root of the tree is not what tree_parent_key says");

/* The stack of the calling thread, whose slow path this is. */
struct stack *stacks_of(struct thread *self, const struct acquire *acquire);

/* After a fork: the lock of an entry of the parent's held stack is held here too. Under the
 * recorder's lock. */
void tree_inherit(struct thread *self, uint64_t address, uint64_t local, uint16_t kind, uint16_t op,
		  struct stack *stack);
/* The thread's next epoch begins (trace_format.h, thread). */
void tree_next_epoch(struct thread *self);
/* The same for a thread that was created, or joined; `alike`: that need not be marked (twins.h). */
void tree_next_epoch_of_thread(struct thread *self, bool alike);
/* The same of the creation of one: it comes after nobody by that. */
void tree_next_epoch_of_creation(struct thread *self);
/*
 * The node of a situation, made if need be; NULL: no space. `thread` may be NULL when it has ended.
 * Under the recorder's lock.
 */
struct trace_node *tree_node(struct thread *thread, uint32_t thread_ref, uint32_t parent,
			     uint32_t lock, uint32_t stack, uint16_t op);
/* A node of an earlier thread, which that one is to find as its own. */
void tree_again(struct thread *thread, uint32_t ref);
/* Reference of the node if it is there; 0. */
uint32_t tree_known(struct thread *thread, uint32_t parent, uint32_t lock, uint32_t stack,
		    uint16_t op);
/*
 * The thread is about to take a lock that others spin for: what takes long when the situation is
 * new, and where it may have to wait for others itself, comes before it has the lock. waits: it
 * looks taken.
 */
void tree_prepare(struct thread *self, const struct acquire *acquire, bool waits);
/* The same before a try, inside nothing, of a lock that may be tried again and again; it need not
 * be got. Keeps errno. */
void tree_prepare_try(struct thread *self, const void *lock, const void *site, const void *frame,
		      uint16_t op);

/* Whether that is to be called: the situation may be new. */
static inline bool tree_try_is_new(const struct thread *self, const void *lock, const void *site,
				   const void *frame, uint16_t op)
{
	uint64_t key;

	/* Who tries to read is kept from that by nobody who only reads. */
	if (self->busy || self->top >= self->entries || op == TRACE_OP_rwlock_tryrdlock)
		return false;
	key = tree_key(tree_parent_key(self), tree_local_key(lock, site, frame, op));
	return unlikely(table_near(self, key)->key != key);
}
/* The thread now holds the lock. waited: ticks it had to wait, 0 when it did not. */
void tree_acquire(struct thread *self, const struct acquire *acquire, uint64_t waited);

/*
 * The held stack, that began at `old`, was moved since: before `top` was set to this entry of it,
 * or before it was read there. Inlined: a call, made hardly ever, would cost its callers the saving
 * of registers each time.
 */
static inline struct trace_held_entry *tree_top_moved(struct thread *self,
						      struct trace_held_entry *top,
						      const struct trace_held_entry *old)
{
	struct trace_held_entry *entry = self->entries + (top - old);

	if (top >= self->entries && top < self->entries + self->capacity)
		return top;
	entry->key = top->key;
	entry->node = top->node;
	self->top = entry;
	return entry;
}

/* Where a situation is looked up (table.h). */
enum tree_level { TREE_NEAR, TREE_ALL };

/*
 * The usual case of tree_acquire, inlined into the interposers that are called most: the situation
 * is known, nobody waited, and the hold is not one of those that are timed. False: it is another
 * case, and nothing has been done.
 *
 * It sets no mark that it is under way: what counts is how many stores the real call's atomic
 * operation has to wait for. A handler that interrupts it and locks something has given that back
 * when it returns, and has at most written to the entry above the top. Hence the order: the entry
 * is filled in, then on top (from here on a handler's entries lie above it), then looked at again.
 * `lock` comes last: without it an entry says nothing.
 *
 * A handler may also have made the held stack grow, which moves it: then top is put where it
 * belongs there. And it may have moved what is near: then what is counted in the old place is lost.
 */
static inline __attribute__((always_inline)) bool
tree_acquire_level(struct thread *self, const void *lock, const void *site, const void *frame,
		   uint16_t op, enum tree_level level)
{
	const struct trace_held_entry *entries = self->entries;
	struct trace_held_entry *entry;
	struct trace_slot *slot;
	uint32_t node;
	uint64_t key;

	/* In this order: see tree_top_moved. */
	__asm__ volatile("" ::: "memory");
	entry = self->top + 1;
	if (unlikely(self->busy))
		return false;
	key = tree_key(entry[-1].key, tree_local_key(lock, site, frame, op));
	slot = table_near(self, key);
	if (level == TREE_ALL && slot->key != key)
		slot = table_met(self, key);
	if (level == TREE_ALL && !slot)
		return false;
	if (unlikely(slot->key != key || ((slot->count + 1) & self->hold_mask) == 0))
		return false;
	/* Read again, rather than kept in a register that the caller would have to save. */
	__asm__ volatile("" ::: "memory");
	slot->count++;
	node = slot->node;
	/* A key tells the depth, so a known one was once held at this depth: there is room for it.
	 */
	do {
		entry->key = key;
		entry->node = node;
		__asm__ volatile("" ::: "memory");
		self->top = entry;
		__asm__ volatile("" ::: "memory");
	} while (unlikely(entry->key != key));
	if (unlikely(self->entries != entries))
		entry = tree_top_moved(self, entry, entries);
	entry->lock = (uintptr_t)lock;
	return true;
}

static inline __attribute__((always_inline)) bool tree_acquire_fast(struct thread *self,
								    const void *lock,
								    const void *site,
								    const void *frame, uint16_t op)
{
	return tree_acquire_level(self, lock, site, frame, op, TREE_NEAR);
}

/* What is asked next: the situation is known, but may not be near. */
bool tree_acquire_known(struct thread *self, const void *lock, const void *site, const void *frame,
			uint16_t op);

/* The one, then the other. */
static inline bool tree_acquire_quick(struct thread *self, const void *lock, const void *site,
				      const void *frame, uint16_t op)
{
	return likely(tree_acquire_fast(self, lock, site, frame, op)) ||
	       tree_acquire_known(self, lock, site, frame, op);
}

/*
 * Tells this hold of the lock from earlier and later ones, for as long as it lasts: by its `since`,
 * which is odd where it is no time that it was taken at. It is not given back in the usual way
 * then.
 */
static inline struct hold hold_mark(struct trace_held_entry *entry)
{
	if (!entry->since)
		entry->since = ticks_now() | 1;
	return (struct hold){entry->lock, entry->since};
}

static inline bool hold_is(const struct trace_held_entry *entry, const struct hold *hold)
{
	return entry->lock == hold->lock && entry->since == hold->since;
}

/* The usual release: the lock taken last, whose hold is not timed. False: it is another case. */
static inline bool tree_release_top(struct thread *self, const void *lock)
{
	struct trace_held_entry *top = self->top;

	if (unlikely(top->lock != (uintptr_t)lock || top->since))
		return false;
	top->lock = 0;
	self->top = top - 1;
	return true;
}

/* The thread is about to give the lock back. True: it held it. */
bool tree_release(struct thread *self, const void *lock);

/* Whether the lock is on the thread's held stack. */
bool tree_holds(const struct thread *self, const void *lock);
/* Whether it is the lock that this thread took, or gave back, last. */
static inline bool tree_touched_last(const struct thread *self, const void *lock)
{
	const struct trace_held_entry *next = self->top + 1;
	const struct trace_node *node;
	const struct trace_lock *record;

	if (self->top->lock == (uintptr_t)lock)
		return true;
	/* What was given back leaves its node behind. */
	node = next < self->entries + self->capacity ? trace_at(next->node) : NULL;
	record = node ? trace_at(node->lock) : NULL;
	return record && record->address == (uintptr_t)lock;
}

/*
 * The thread waits for something that it will not hold afterwards (TRACE_OP_WAIT). tree_wait comes
 * before the wait, which may be the end of what it waits for, tree_waited after it.
 */
struct trace_node *tree_wait(struct thread *self, const struct acquire *acquire);
/* node: of tree_wait. ticks: 0 when it did not have to wait. */
void tree_waited(struct thread *self, struct trace_node *node, uint64_t ticks);

/*
 * The thread gives something that it does not hold (TRACE_OP_SIGNAL). For who waits it is no
 * nesting: the records of short-lived locks are used again all the same (pool.h). Regions that are
 * to be ignored make no difference: what comes in one wakes, too.
 */
void tree_give(struct thread *self, const struct acquire *acquire);

/* The usual case of it: the situation is known. False: it is another, and nothing was done. */
static inline bool tree_give_fast(struct thread *self, const void *lock, const void *site,
				  const void *frame, uint16_t op)
{
	uint64_t key = tree_key(tree_parent_key(self), tree_local_key(lock, site, frame, op));
	struct trace_slot *slot = table_near(self, key);

	if (unlikely(self->busy || slot->key != key || slot->count >> 31))
		return false;
	slot->count++;
	return true;
}

/*
 * The node of a situation in which nothing was acquired, as of a try that failed; NULL: could not
 * be recorded, or not now.
 */
struct trace_node *tree_situation(struct thread *self, const struct acquire *acquire);
/* The same with a lock record of the caller's own and its place. Under the recorder's lock. */
struct trace_node *tree_situation_of(struct thread *self, uint32_t lock, uint32_t stack,
				     uint16_t op);
/*
 * The node of a situation in which the thread asks for a lock again and again while it goes on
 * holding the outermost `depth` of what it holds: it is wanted under these. NULL: as before.
 */
struct trace_node *tree_asked(struct thread *self, const struct acquire *acquire, uint32_t depth);
/* The thread comes to that situation (once more) and waits. NULL is fine. */
void tree_count(struct thread *self, struct trace_node *node);
/* Tells it from others. Changes when a lock's life ends. */
uint64_t tree_situation_key(const struct thread *self, const struct acquire *acquire);

/* The rest of it: so many had turned. */
void tree_shed_turned(struct thread *self, uint32_t turned);

/*
 * Takes locks off the held stack that turned out to be none (locks_set_ordering): only the thread
 * itself may do that, so each does it when it comes to its slow path. Until then such an entry does
 * no harm, as its lock record says what it is. What was given back deep down goes, too (holes.h).
 */
static inline void tree_shed(struct thread *self)
{
	uint32_t turned = __atomic_load_n(&locks_turned, __ATOMIC_ACQUIRE);

	if (unlikely(self->turned != turned || self->holes))
		tree_shed_turned(self, turned);
}

#endif
