/* Owns the records of threads that are free again, by who created these, and where. */
#include "spares.h"

#include "address_map.h"
#include "arena.h"
#include "locks.h"

static struct address_map spares; /* place -> the first */

/* Never 0. */
static uint64_t place_of(uint32_t creator, uint32_t stack)
{
	return ((uint64_t)creator << 32 | stack) * LOCK_HASH_FACTOR | 1;
}

static struct spare *first_at(uint64_t place)
{
	return (struct spare *)(uintptr_t)address_map_get(&spares, place);
}

/* False: no memory. */
static bool put_first(uint64_t place, struct spare *first)
{
	if (first)
		return address_map_put(&spares, place, (uintptr_t)first);
	address_map_remove(&spares, place);
	return true;
}

void spares_keep(const struct spare *from)
{
	struct trace_thread *record = trace_at(from->thread);
	uint64_t place = place_of(record->creator, record->created_stack);
	struct spare *spare = arena_alloc(sizeof(*spare));

	record->state = TRACE_THREAD_FAILED;
	record->number = 0;
	if (!spare)
		return;
	*spare = *from;
	spare->next = first_at(place);
	if (!put_first(place, spare))
		arena_free(spare, sizeof(*spare));
}

bool spares_take(uint32_t creator, uint32_t stack, struct spare *to)
{
	uint64_t place = place_of(creator, stack);
	struct spare *spare = first_at(place);

	if (!spare)
		return false;
	put_first(place, spare->next);
	*to = *spare;
	arena_free(spare, sizeof(*spare));
	return true;
}

void spares_reset(void)
{
	address_map_free(&spares);
}
