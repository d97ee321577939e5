/* Owns the records of dead locks, by the place where they were made. */
#include "pool.h"

#include "address_map.h"
#include "arena.h"
#include "lock_records.h"
#include "nesting.h"
#include "provisional.h"

struct pooled {
	struct pooled *next;  /* of the same place */
	struct pooled **link; /* what points here of these */
	struct pooled *below; /* on the same shelf */
	struct stack *place;
	uint64_t address;
	uint32_t ref;
	uint32_t lives;
	uint32_t home; /* thread whose shelf it is on; 0: on none */
	uint16_t kind;
	bool init_seen, in_module;
	bool full;
	bool ordering; /* those that it stood for were no locks */
};

enum {
	/*
	 * Dead locks of equal lives that are kept apart, beside the one that is used again: a
	 * circle of so many steps can have another one of them as an outer lock in each.
	 */
	MOST_ALIKE = 4,
	MOST_TRIED = 16,    /* records that are looked at for one that fits */
	MOST_ON_SHELF = 32, /* of the thread's own */
	MOST_OF_SAME = 8,   /* for the one of the lock before at that address */
};

/* Patterns of lives at a place -> how many of them are kept. */
static struct address_map patterns;

/*
 * Of records inside whose locks something was taken, those at a place that are one thread's: it was
 * the first to have something to do with the lock. Where many threads make such locks at one place,
 * a record that fits is among the thread's own, and nearly never among the newest of all.
 */
static struct address_map shelves; /* of a place and a thread -> the newest */
static struct address_map homes;   /* record -> its thread, for as long as the trace */

static uint64_t shelf_of(const struct stack *place, uint32_t home)
{
	return ((uintptr_t)place ^ home * LOCK_HASH_FACTOR) | 1;
}

static struct pooled *shelf_top(const struct stack *place, uint32_t home)
{
	return (struct pooled *)(uintptr_t)address_map_get(&shelves, shelf_of(place, home));
}

/* Several may share a shelf. */
static bool is_on(const struct pooled *pooled, const struct stack *place, uint32_t home)
{
	return pooled->place == place && pooled->home == home;
}

static uint32_t home_of(const struct lock *lock)
{
	uint32_t home = (uint32_t)address_map_get(&homes, lock->ref);

	if (home)
		return home;
	home = nesting_first(lock);
	return home && address_map_put(&homes, lock->ref, home) ? home : 0;
}

static void shelve(struct pooled *pooled, uint32_t home)
{
	const uint64_t shelf = shelf_of(pooled->place, home);

	pooled->below = shelf_top(pooled->place, home);
	if (address_map_put(&shelves, shelf, (uintptr_t)pooled))
		pooled->home = home;
}

/* Those above it are newer: mostly there are none. */
static void unshelve(struct pooled *pooled)
{
	struct pooled *above = shelf_top(pooled->place, pooled->home);
	const uint64_t shelf = shelf_of(pooled->place, pooled->home);

	if (above == pooled && pooled->below)
		address_map_put(&shelves, shelf, (uintptr_t)pooled->below);
	else if (above == pooled)
		address_map_remove(&shelves, shelf);
	else {
		while (above->below != pooled)
			above = above->below;
		above->below = pooled->below;
	}
}

static bool holds(struct thread *thread, void *context)
{
	const uint64_t *address = context;

	for (const struct trace_held_entry *entry = thread->top; entry >= thread->entries;
	     entry--) {
		if (entry->lock == *address)
			return true;
	}
	return false;
}

/* Held at its end: what is taken next would be taken inside it, for all that is known. */
static bool held(const struct lock *lock)
{
	uint64_t address = lock->address;

	return threads_find(holds, &address);
}

void pool_keep(const struct lock *lock)
{
	struct pooled *pooled;

	pooled = arena_alloc(sizeof(*pooled));
	if (!pooled)
		return;
	*pooled = (struct pooled){
		.next = lock->created->pool,
		.link = &lock->created->pool,
		.place = lock->created,
		.address = lock->address,
		.ref = lock->ref,
		.lives = lock->lives,
		.kind = lock->kind,
		.init_seen = lock->init_seen,
		.in_module = lock->in_module,
		.full = lock->full,
		.ordering = ((const struct trace_lock *)trace_at(lock->ref))->flags &
			    TRACE_LOCK_ORDERING,
	};
	if (pooled->next)
		pooled->next->link = &pooled->next;
	lock->created->pool = pooled;
	if (pooled->full && home_of(lock))
		shelve(pooled, home_of(lock));
}

/* Whether enough dead locks of its kind are kept. */
static bool has_peers(const struct lock *lock)
{
	uint64_t pattern = nesting_pattern(lock), kept, key;

	if (!pattern)
		return false;
	key = (pattern ^ (uintptr_t)lock->created ^ lock->kind) | 1;
	kept = address_map_get(&patterns, key);
	if (kept < MOST_ALIKE)
		address_map_put(&patterns, key, kept + 1);
	return kept >= MOST_ALIKE;
}

static bool usable(struct lock *lock)
{
	if (lock->lives > 1)
		return lock->full || !lock->outer;
	lock->full = lock->outer;
	if (!lock->outer)
		return true;
	if (lock->in_module || !has_peers(lock))
		return false;
	if (nesting_is_one_threads(lock))
		nesting_is_steady(lock->ref);
	return true;
}

/* Of what a semaphore did that is no lock nothing matters. */
static bool is_void(const struct lock *lock, const struct trace_lock *record)
{
	return record->flags & TRACE_LOCK_ORDERING && lock->kind == TRACE_LOCK_semaphore;
}

/* Whether it was this thread that held it, and has taken it off in this life (tree_shed). */
static bool has_shed(const struct thread *self, const struct lock *lock)
{
	return self && self->shed.lock == lock->address &&
	       self->shed.generation == lock_generation_of((void *)(uintptr_t)lock->address);
}

void pool_put(struct lock *lock)
{
	const uint32_t others = TRACE_LOCK_ORDERING | TRACE_LOCK_OPENED;
	const struct trace_lock *record = trace_at(lock->ref);
	bool empty;

	if (!record || !lock->created || lock->counted || lock->alone ||
	    labels_has(lock->address) || lock_record_may_be_shared(lock, record->flags))
		return;
	empty = is_void(lock, record);
	if (empty)
		lock->full = false;
	if (!(record->flags & (empty ? TRACE_LOCK_OPENED : others)) &&
	    ((empty && has_shed(current_thread, lock)) || !held(lock)) && (empty || usable(lock)))
		pool_keep(lock);
}

static bool suits(const struct pooled *pooled, const struct lock *lock)
{
	return pooled->kind == lock->kind && pooled->init_seen == lock->init_seen &&
	       pooled->in_module == lock->in_module &&
	       (!lock->in_module || pooled->address == lock->address);
}

static void take(struct lock *lock, struct pooled *pooled)
{
	if (pooled->home)
		unshelve(pooled);
	*pooled->link = pooled->next;
	if (pooled->next)
		pooled->next->link = pooled->link;
	lock->full = pooled->full;
	lock->provisional = pooled->ordering;
	if (lock->provisional)
		__atomic_store_n(&provisional_any, true, __ATOMIC_RELAXED);
	arena_free(pooled, sizeof(*pooled));
}

/*
 * A lock that is none any more may have the record of others like it. One that has left such a
 * record, and inside which nothing was taken, may have any other, like a new one.
 */
static bool may_pass(const struct pooled *pooled, const struct lock *lock)
{
	if (pooled->ordering || lock->ordering)
		return pooled->ordering == lock->ordering;
	return pooled->full || (lock->provisional && !lock->outer);
}

struct wish {
	bool (*fits)(uint32_t ref, void *context);
	void *context;
};

static bool grants(const struct pooled *pooled, const struct lock *lock, const struct wish *wish)
{
	return suits(pooled, lock) && may_pass(pooled, lock) &&
	       (!pooled->full || wish->fits(pooled->ref, wish->context));
}

static struct pooled *find(const struct lock *lock, uint32_t home, const struct wish *wish)
{
	struct pooled *at = home ? shelf_top(lock->created, home) : NULL;

	for (unsigned i = 0; at && i < MOST_ON_SHELF; i++, at = at->below) {
		if (is_on(at, lock->created, home) && grants(at, lock, wish))
			return at;
	}
	at = lock->created->pool;
	for (unsigned i = 0; at && i < MOST_TRIED; i++, at = at->next) {
		if (grants(at, lock, wish))
			return at;
	}
	return NULL;
}

bool pool_exchange(struct lock *lock, uint32_t thread, bool (*fits)(uint32_t ref, void *context),
		   void *context)
{
	const struct wish wish = {fits, context};
	struct pooled *found = find(lock, thread, &wish);
	struct lock before = *lock;

	if (!found)
		return false;
	lock_record_pass(lock, trace_at(found->ref), found->lives + 1);
	take(lock, found);
	before.lives--;
	pool_keep(&before);
	return true;
}

/*
 * The newest, or, of semaphores that were no locks, the newest one that was at the same address:
 * mostly that was the same thread's, whose nodes are there (repeats.h).
 */
static struct pooled *best(const struct lock *lock)
{
	struct pooled *first = lock->created->pool, *at = first;

	for (unsigned i = 0; at && at->ordering && i < MOST_OF_SAME; i++, at = at->next) {
		if (at->address == lock->address)
			return at;
	}
	return first;
}

bool pool_has_same(const struct lock *lock)
{
	const struct pooled *pooled = lock->created ? best(lock) : NULL;

	return pooled && pooled->ordering && pooled->address == lock->address &&
	       suits(pooled, lock);
}

bool pool_take(struct lock *lock, const struct thread *self)
{
	struct pooled *found = lock->created ? best(lock) : NULL, *own;

	/* What the thread did with the last one it will mostly do again. */
	if (found && !found->ordering && (own = shelf_top(lock->created, self->ref)) &&
	    is_on(own, lock->created, self->ref))
		found = own;
	if (!found || !suits(found, lock) || (lock->ordering && !found->ordering))
		return false;
	lock->ref = found->ref;
	lock->lives = found->lives + 1;
	take(lock, found);
	return true;
}

void pool_reset(void)
{
	nesting_reset();
	address_map_free(&patterns);
	address_map_free(&shelves);
	address_map_free(&homes);
}
