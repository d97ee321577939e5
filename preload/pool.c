/* Owns the records of dead locks, by the place where they were made. */
#include "pool.h"

#include "arena.h"

struct pooled {
	struct pooled *next; /* of the same place */
	uint64_t address;
	uint32_t ref;
	uint32_t lives;
	uint16_t kind;
	bool init_seen, in_module;
};

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
		.address = lock->address,
		.ref = lock->ref,
		.lives = lock->lives,
		.kind = lock->kind,
		.init_seen = lock->init_seen,
		.in_module = lock->in_module,
	};
	lock->created->pool = pooled;
}

void pool_put(const struct lock *lock)
{
	const uint32_t others = TRACE_LOCK_SHARED | TRACE_LOCK_ORDERING | TRACE_LOCK_OPENED;
	const struct trace_lock *record = trace_at(lock->ref);

	if (record && !lock->outer && !labels_has(lock->address) && lock->created &&
	    !(record->flags & others) && !held(lock))
		pool_keep(lock);
}

bool pool_take(struct lock *lock)
{
	struct pooled *pooled = lock->created ? lock->created->pool : NULL;

	if (!pooled || pooled->kind != lock->kind || pooled->init_seen != lock->init_seen ||
	    pooled->in_module != lock->in_module ||
	    (lock->in_module && pooled->address != lock->address))
		return false;
	lock->created->pool = pooled->next;
	lock->ref = pooled->ref;
	lock->lives = pooled->lives + 1;
	arena_free(pooled, sizeof(*pooled));
	return true;
}
