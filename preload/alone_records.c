/* Owns what is known of these records, by place. */
#include "alone_records.h"

#include "address_map.h"
#include "arena.h"

/* Dead ones of one stack: then it has none any more that are alone. */
enum { MOST_STAYING = 1 << 10 };

/* A record that may be used again. */
struct clean {
	struct clean *next;
	uint32_t lock;
	uint32_t across; /* a record of what was held across an epoch; 0: none */
};

/* Places -> the record on which others count; one that nothing names any more, and that counts the
 * lives of all that are used again; the last of a ring of these. */
static struct address_map counts, lives, clean;
/* Stack references -> how many that were made there are dead, and have records of their own. */
static struct address_map staying;

static uint64_t place_of(uint32_t thread, uint32_t created_stack)
{
	return ((uint64_t)thread << 32 | created_stack) * LOCK_HASH_FACTOR | 1;
}

bool alone_records_room(uint32_t created_stack)
{
	return address_map_get(&staying, created_stack) < MOST_STAYING;
}

static void stays(uint32_t created_stack, int more)
{
	uint64_t count = address_map_get(&staying, created_stack);

	if (!created_stack)
		return;
	if (count + (uint64_t)more)
		address_map_put(&staying, created_stack, count + (uint64_t)more);
	else
		address_map_remove(&staying, created_stack);
}

void alone_records_stay(uint32_t ref)
{
	stays(((const struct trace_lock *)trace_at(ref))->created_stack, 1);
}

uint32_t alone_records_counting(uint32_t thread, uint32_t created_stack, uint32_t ref)
{
	uint64_t place = place_of(thread, created_stack);
	uint32_t as = (uint32_t)address_map_get(&counts, place);

	if (!as)
		address_map_put(&counts, place, ref);
	return as;
}

static struct clean *last_at(uint64_t place)
{
	return (struct clean *)(uintptr_t)address_map_get(&clean, place);
}

bool alone_records_take(struct lock *lock, uint32_t *across)
{
	uint64_t place = place_of(lock->created_by, stacks_ref(lock->created));
	struct clean *last = last_at(place), *first;
	struct trace_lock *count;

	if (!last)
		return false;
	count = trace_at((uint32_t)address_map_get(&lives, place));
	count->lives++;
	first = last->next;
	*across = first->across;
	lock->ref = first->lock;
	lock->lives = 1;
	last->next = first->next;
	if (first == last)
		address_map_remove(&clean, place);
	arena_free(first, sizeof(*first));
	return true;
}

static void move_holds(struct trace_lock *to, struct trace_lock *from)
{
	to->hold_samples += from->hold_samples;
	to->hold_total += from->hold_total;
	to->hold_max = from->hold_max > to->hold_max ? from->hold_max : to->hold_max;
	from->hold_samples = from->hold_total = from->hold_max = 0;
}

void alone_records_keep(uint32_t thread, uint32_t ref, uint32_t as, uint32_t across)
{
	struct trace_lock *record = trace_at(ref);
	uint64_t place = place_of(thread, record->created_stack);
	struct clean *last = last_at(place), *kept;

	stays(record->created_stack, -1);
	move_holds(trace_at(as), record);
	if (!address_map_get(&lives, place)) {
		address_map_put(&lives, place, ref);
		return;
	}
	kept = arena_alloc(sizeof(*kept));
	if (!kept)
		return;
	kept->lock = ref;
	kept->across = across;
	kept->next = last ? last->next : kept;
	if (last)
		last->next = kept;
	if (!address_map_put(&clean, place, (uintptr_t)kept) && !last)
		arena_free(kept, sizeof(*kept));
}

void alone_records_reset(void)
{
	address_map_free(&counts);
	address_map_free(&staying);
	address_map_free(&lives);
	address_map_free(&clean);
}
