/* Owns the records of locks between a thread and its creator that are to be used again. */
#include "address_map.h"
#include "arena.h"
#include "between_locks.h"

enum { MOST_LOOKED_AT = 64 };

struct clean {
	struct clean *next;
	uint32_t lock;
};

/* Places -> the clean ones, and one that nothing names any more, and that counts the lives of all
 * that are used again. */
static struct address_map clean, lives;

static uint64_t place_of(uint32_t thread, uint32_t created_stack, uint16_t kind)
{
	return (((uint64_t)thread << 32 | created_stack) ^ (uint64_t)kind << 24) *
		       LOCK_HASH_FACTOR |
	       1;
}

static uint64_t place_of_record(uint32_t ref)
{
	const struct trace_lock *record = trace_at(ref);

	return place_of(record->created_by, record->created_stack, record->kind);
}

bool between_take(struct lock *lock)
{
	uint64_t place = place_of(lock->created_by, stacks_ref(lock->created), lock->kind);
	struct clean *first;

	if (!between_any || !between_is_kind(lock) || lock->ordering || lock->opens)
		return false;
	first = (struct clean *)(uintptr_t)address_map_get(&clean, place);
	if (!first)
		return false;
	((struct trace_lock *)trace_at((uint32_t)address_map_get(&lives, place)))->lives++;
	lock->ref = first->lock;
	lock->lives = 1;
	if (first->next)
		address_map_put(&clean, place, (uintptr_t)first->next);
	else
		address_map_remove(&clean, place);
	arena_free(first, sizeof(*first));
	return true;
}

void between_clean(uint32_t ref)
{
	uint64_t place = place_of_record(ref);
	struct clean *kept;

	if (!address_map_get(&lives, place)) {
		address_map_put(&lives, place, ref);
		return;
	}
	kept = arena_alloc(sizeof(*kept));
	if (!kept)
		return;
	kept->lock = ref;
	kept->next = (struct clean *)(uintptr_t)address_map_get(&clean, place);
	if (!address_map_put(&clean, place, (uintptr_t)kept))
		arena_free(kept, sizeof(*kept));
}

void between_prefer(uint32_t ref)
{
	uint64_t place = place_of_record(ref);
	struct clean *first = (struct clean *)(uintptr_t)address_map_get(&clean, place);
	struct clean **at = &first, *found;

	for (uint32_t i = 0; *at && (*at)->lock != ref && i < MOST_LOOKED_AT; i++)
		at = &(*at)->next;
	found = *at;
	if (!found || found == first || found->lock != ref)
		return;
	*at = found->next;
	found->next = first;
	address_map_put(&clean, place, (uintptr_t)found);
}

void between_clean_reset(void)
{
	address_map_free(&clean);
	address_map_free(&lives);
}
