/*
 * Which lock lives at an address now. An address is not a lock: init and destroy end one life and
 * begin another.
 *
 * The fast path never looks here. It mixes lock_generation of the address into its keys; the end of
 * a life bumps that number, so every thread's remembered keys for the address miss, and the slow
 * path, which asks the table, finds the new life. Under the recorder's lock, except for
 * lock_generation_of.
 */
#ifndef GORDIAN_LOCKS_H
#define GORDIAN_LOCKS_H

#include "labels.h"
#include "stacks.h"

/*
 * Generations advance by an odd step of many bits: the keys of lives that follow one another at one
 * address then differ in the bits that choose a slot, too (table.h).
 */
#define LOCK_GENERATION_STEP UINT32_C(0x9e3779b1)
enum { LOCK_GENERATION_BITS = 14, LOCK_GENERATION_SHIFT = 5 };
extern uint32_t lock_generations[1 << LOCK_GENERATION_BITS];

/*
 * Neighbours in memory are neighbours there: an array of locks, of which each is used now and then,
 * is not to take a cache line for each. No two mutexes begin in the same 32 bytes.
 */
static inline uint32_t *lock_generation(const void *address)
{
	uint64_t place = (uintptr_t)address >> LOCK_GENERATION_SHIFT;

	return &lock_generations[(place ^ place >> LOCK_GENERATION_BITS) &
				 ((1 << LOCK_GENERATION_BITS) - 1)];
}

static inline uint64_t lock_generation_of(const void *address)
{
	return *lock_generation(address);
}

/* The multiplicative hash (Knuth, TAOCP 6.4), whose top bits are the best. */
#define LOCK_HASH_FACTOR UINT64_C(0x9e3779b97f4a7c15)

/*
 * An annotated lock may have the address of another one, or of its first member. So it is known by
 * its address with this bit, which no address of a program has.
 */
#define LOCK_ANNOTATED TRACE_ANNOTATED

/* Where it is in memory. */
static inline uint64_t lock_place(uint64_t address)
{
	return address & ~LOCK_ANNOTATED;
}

/* A program may have a million of them: a cache line. */
struct lock {
	uint64_t address;
	struct stack *created;	  /* where it was initialised, else first used */
	uint32_t ref;		  /* lock record; 0: not written yet */
	uint32_t created_by;	  /* thread record */
	uint32_t lives;		  /* that its record stands for, this one included */
	uint32_t from;		  /* the record that it had before it got its own; 0: none */
	uint16_t opens : 14;	  /* of a named semaphore: how often it is open */
	uint16_t alone : 1;	  /* a once that only one thread has called (alone.h) */
	uint16_t provisional : 1; /* its record was that of others that were no locks */
	uint8_t kind;		  /* enum trace_lock_kind; 0: not used yet */
	bool init_seen : 1;
	bool ordering : 1;  /* a semaphore that is no lock: see below */
	bool opened : 1;    /* a named semaphore that may have been there before */
	bool in_module : 1; /* its address is its name */
	bool outer : 1;	    /* something was taken inside it */
	bool full : 1;	    /* its record stands for lives of which that is true */
	bool partial : 1;   /* not all that it touched is remembered */
	bool counted : 1;   /* there are tallies of it (sync.h) */
	union {
		uint16_t part;	 /* of a word that holds locks in its bits; 0: it is one lock */
		uint16_t amount; /* of another: see locks_set_amount */
	};
	uint16_t op : 14;	 /* enum trace_op that it was met with last; 0: none yet */
	uint16_t kept : 1;	 /* an acquire with a lock held has an event (sync_closed.h) */
	uint16_t missed : 1;	 /* one has none, and none had: it is counted (unordered.h) */
	struct touched *touched; /* nesting.c */
	struct lock *next;	 /* in the same frame of a stack (frames.h) */
	struct lock **link;	 /* what points here; NULL: in no frame */
};
/* The operation that it was met with last, or is met with first. Heirs are taken unseen. */
static inline uint16_t lock_op(const struct lock *lock)
{
	bool heir = !lock->op && lock->provisional && lock->kind == TRACE_LOCK_semaphore;

	return heir ? TRACE_OP_sem_wait : lock->op;
}
_Static_assert(sizeof(struct lock) <= 64, "a lock is larger than a cache line");

/* Begins a life at that address, ending the one there was. `created`: where; may be NULL. */
void locks_init(struct thread *self, const void *address, uint16_t kind, struct stack *created);
/* The lock that lives at that address; NULL: none that is known. */
struct lock *locks_find(const void *address);
/*
 * What the lock that lives at that address began with, in the terms of the tally record; more than
 * fits is not known. LOCK_UNCOUNTED: it orders nothing that could be told (sync.h).
 */
enum { LOCK_UNCOUNTED = UINT16_MAX };
void locks_set_amount(const void *address, uint32_t amount);
/* The lock of that kind that lives at that address, or begins to; NULL: no memory. `used`: where.
 */
struct lock *locks_live(struct thread *self, const void *address, uint16_t kind,
			struct stack *used);
/*
 * The lock at that address has this label from now on. Where none is known to live, one is about to
 * be used for the first time: its kind will be seen then. An annotated one at the address goes
 * before another.
 */
void locks_label(struct thread *self, const void *address, const struct label_change *change);
/* Ends the life at that address, if there is one. */
void locks_destroy(const void *address);
/* Visits every lock that lives in [start, end); the visitor may end its life, and no other. */
typedef void locks_visit(struct lock *lock, void *context);
void locks_each_in(uint64_t start, uint64_t end, locks_visit *visit, void *context);
/* Ends every life in [start, end). */
void locks_end_range(uint64_t start, uint64_t end);

/*
 * The record of the lock that lives at that address; begins a life if there is none. 0: no space.
 * `op` and `used` are the operation (enum trace_op) and the stack of the acquisition at hand.
 */
uint32_t locks_ref(struct thread *self, const void *address, uint16_t op, struct stack *used);
/* The same for whatever lives there; a new life is one of that kind, with these TRACE_LOCK_ bits.
 */
uint32_t locks_ref_any(struct thread *self, const void *address, uint16_t kind, uint32_t flags,
		       struct stack *used);

/*
 * Semaphores that only order: they did not start at 1, or were posted by a thread that had not
 * taken them. Nobody holds them. The calls on semaphores ask a cache, by address, that needs no
 * lock: what it knows is certain.
 */
enum locks_role { LOCKS_UNKNOWN, LOCKS_HELD, LOCKS_ORDERING };
enum { LOCK_ROLE_BITS = 12 };
/*
 * Addresses. The lowest bit: only orders. The next: and is uncounted, so there is nothing to note;
 * without the lowest: may be a latch (latch.h).
 */
extern uintptr_t lock_roles[1 << LOCK_ROLE_BITS];

static inline uintptr_t locks_known_role(const void *address)
{
	uint64_t hash = (uintptr_t)address * LOCK_HASH_FACTOR;

	return __atomic_load_n(&lock_roles[hash >> (64 - LOCK_ROLE_BITS)], __ATOMIC_RELAXED);
}

static inline enum locks_role locks_role(const void *address)
{
	uintptr_t known = locks_known_role(address);

	if ((known & ~(uintptr_t)3) != (uintptr_t)address)
		return LOCKS_UNKNOWN;
	return known & 1 ? LOCKS_ORDERING : LOCKS_HELD;
}

static inline bool locks_is_no_latch(const void *address)
{
	return locks_known_role(address) == (uintptr_t)address;
}

/* Whether it only orders, and what is done with it need not be noted any more (sync.h). */
static inline bool locks_is_silent(const void *address)
{
	return locks_known_role(address) == ((uintptr_t)address | 3);
}

/* From the table, for the cache. A lock that is not known yet may be held. */
enum locks_role locks_find_role(const void *address);
/*
 * A semaphore was made: if the one at its address before was made at the same place, and was no
 * lock, it has the record of that from now on (provisional.h), and not only when it is taken.
 */
void locks_inherit(struct thread *self, const void *address);
/* It only orders, from now on. Begins a life if there is none. */
void locks_set_ordering(struct thread *self, const void *address);
/* A file lock that turned out not to be held by threads: the same, for it (file_locks.h). */
void locks_set_stray(const void *address);
/*
 * Whether a word is a lock in just this part of it, 1 …; begins a life if there is none. Once it
 * was another part, too, the word is set stray, and what is known of it counts for nothing.
 */
bool locks_is_part(struct thread *self, const void *address, uint8_t part);
/* Counts the locks that turned out to be none after they were held: see tree_shed. */
extern uint32_t locks_turned;

/*
 * A named semaphore was opened, or is about to be closed: a life lasts from the first to the last.
 * `fresh`: it was not there before. True: this is the first.
 */
bool locks_open(struct thread *self, const void *address, struct stack *opened, bool fresh);
void locks_close(const void *address);

/*
 * Two counting filters over the memory that live locks start in, so that free
 * can pass by: false is certain. The coarse one is all that most calls look at; the fine one tells
 * a lock from its neighbours. Neighbours in memory are neighbours in the filters; addresses 128 MiB
 * apart share a counter of the coarse one, some others one of the fine one. Read without the
 * recorder's lock: a lock in a block that is being freed was entered long before.
 */
enum {
	LOCK_BLOCK_SHIFT = 9,
	LOCK_BLOCKS = 1 << 18,
	LOCK_GRANULE_SHIFT = 4,
	LOCK_GRANULES = 1 << 20,
};
extern uint8_t lock_blocks[LOCK_BLOCKS + 1]; /* the last is the first again */
extern uint8_t lock_granules[LOCK_GRANULES];

/* The filters' answer for any range. */
bool locks_maybe_in(uint64_t start, uint64_t size);

/* The coarse answer for less than one block from that address on. */
static inline bool locks_maybe_near(const void *address)
{
	const uint8_t *block =
		&lock_blocks[(uintptr_t)address >> LOCK_BLOCK_SHIFT & (LOCK_BLOCKS - 1)];
	uint16_t two;

	__builtin_memcpy(&two, block, sizeof(two));
	return two != 0;
}

/* Makes every remembered key for a lock, and for some others, miss. */
void locks_forget_key(const void *address);
/* Makes every remembered key of every thread miss. */
void locks_forget_keys(void);
/* A new trace: every lock is to be written again when used. */
void locks_reset_refs(void);

#endif
