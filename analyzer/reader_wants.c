/* Looks up the few addresses that are wanted in one pass over the locks. */
#include "reader_wants.h"

#include <stdlib.h>
#include <uthash.h>

#include "xalloc.h"

/* An address is not a lock: a condition and its mutex differ in kind if they share one. */
struct key {
	uint64_t address;
	uint64_t kind;
};

struct wanted {
	struct key key;
	uint32_t lock;
	UT_hash_handle hh;
};

struct search {
	struct model *model;
	struct wanted *wanted;
	uint32_t process;
};

static struct wanted *find(const struct search *search, uint64_t address, enum trace_lock_kind kind)
{
	struct key key = {address, kind};
	struct wanted *found;

	HASH_FIND(hh, search->wanted, &key, sizeof(key), found);
	return found;
}

static void want(struct search *search, uint64_t address, enum trace_lock_kind kind)
{
	struct wanted *wanted;

	if (!address || find(search, address, kind))
		return;
	wanted = xcalloc(1, sizeof(*wanted));
	wanted->key = (struct key){address, kind};
	wanted->lock = NO_INDEX;
	HASH_ADD(hh, search->wanted, key, sizeof(wanted->key), wanted);
}

/* Of several lives at one address the newest is wanted. */
static void look_at(struct search *search, uint32_t index)
{
	const struct lock *lock = &search->model->locks[index];
	struct wanted *wanted = find(search, lock->address, lock->kind);

	if (wanted && !(lock->flags & TRACE_LOCK_DESTROYED))
		wanted->lock = index;
}

/* The module map that the addresses of the wait belong to. */
static uint32_t generation_of(const struct model *model, uint32_t stack)
{
	return stack == NO_INDEX ? 0 : model->stacks[stack].generation;
}

static uint32_t add(struct search *search, const struct held *held, uint64_t address,
		    enum trace_lock_kind kind)
{
	struct model *model = search->model;

	model->locks[model->lock_count] = (struct lock){
		.process = search->process,
		.address = address,
		.kind = kind,
		.created_stack = held->want_stack,
		.created_by = NO_INDEX,
		.thread = kind == TRACE_LOCK_thread ? held->want_thread : NO_INDEX,
		.generation = generation_of(model, held->want_stack),
		.lives = 1,
		.hold_buckets = NO_INDEX,
		.wait_buckets = NO_INDEX,
	};
	return (uint32_t)model->lock_count++;
}

static uint32_t answer(struct search *search, const struct held *held, uint64_t address,
		       enum trace_lock_kind kind)
{
	struct wanted *wanted = find(search, address, kind);

	if (!wanted)
		return NO_INDEX;
	if (wanted->lock == NO_INDEX)
		wanted->lock = add(search, held, address, kind);
	return wanted->lock;
}

static void forget(struct search *search)
{
	struct wanted *wanted, *next;

	HASH_ITER (hh, search->wanted, wanted, next) {
		HASH_DEL(search->wanted, wanted);
		free(wanted);
	}
}

/* An annotated lock is wanted, and held, by its address with the highest bit set. */
static uint64_t place_of(const struct held *held)
{
	return held->want & ~(UINT64_C(1) << 63);
}

void reader_wants(struct model *model, size_t first_lock, size_t first_held)
{
	struct search search = {model, NULL, (uint32_t)model->process_count - 1};
	size_t last_lock = model->lock_count;

	for (size_t i = first_held; i < model->held_count; i++) {
		const struct held *held = &model->helds[i];

		want(&search, place_of(held), op_kind(held->want_op));
		want(&search, held->want_mutex, TRACE_LOCK_mutex);
	}
	for (size_t i = first_lock; search.wanted && i < last_lock; i++)
		look_at(&search, (uint32_t)i);
	for (size_t i = first_held; i < model->held_count; i++) {
		struct held *held = &model->helds[i];

		held->want_lock = answer(&search, held, place_of(held), op_kind(held->want_op));
		held->want_taken = held->want_lock;
		held->want_mutex_lock = answer(&search, held, held->want_mutex, TRACE_LOCK_mutex);
	}
	forget(&search);
}
